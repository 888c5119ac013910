import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '#base/config-error.ts';
import { type HostSetting, parseHosts } from '#base/config-hosts.ts';
import { readSecurityRules, type SecurityRules } from '#base/config-security.ts';
import { type Setting, settings } from '#base/settings.ts';

export { ConfigError };

export interface ListenAddress {
  /** An IP address or a name, without brackets. */
  host: string;
  /** 0 asks the kernel for a free port. */
  port: number;
}

export interface Config {
  listen: ListenAddress;
  /** Absolute; everything the cloud keeps is below it. */
  stateDirectory: string;
  hypervisor: 'auto' | 'qemu' | 'simulated';
  network: 'auto' | 'linux' | 'user' | 'simulated';
  /** `host`, or the name of a network namespace that stands for the world outside. */
  uplink: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Base of the URLs in answers, without a final slash; null derives it from the listener. */
  publicUrl: string | null;
  /** The same for the addresses of consoles; null takes that of the APIs. */
  consoleUrl: string | null;
  /** `sqlite` in the state directory, or a `postgres://` URL. */
  database: string;
  /** Absolute path of the test image to seed, or null when there is none. */
  tinyImage: string | null;
  /** Hosts to serve, real or simulated; empty: this machine alone, under its own name. */
  hosts: readonly HostSetting[];
  /** Which of the hosts an agent serves; null: the only one. */
  agentHost: string | null;
  /** How long a deleted server can be restored; 0: it is deleted at once. */
  reclaimAfterMs: number;
  /** When a resize is confirmed that nobody confirmed or reverted; 0: never. */
  confirmAfterMs: number;
  /** How long a shelved server stays on its host; Infinity: until it is taken off. */
  shelvedOffloadMs: number;
  /** For the memory of each running server that goes to another host; Infinity: no limit. */
  migrationBytesPerSecond: number;
  /** What is asked of passwords and of those who log in. */
  security: SecurityRules;
}

/** Where relative values and defaults start from. */
export interface ConfigPlace {
  projectDirectory: string;
  workingDirectory: string;
}

/**
 * Reads the configuration: a flag wins over the environment, the environment over the default.
 * An empty environment variable counts as absent. Throws ConfigError.
 */
export function readConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  place: ConfigPlace,
): Config {
  const flags = readFlags(args);
  const text = (name: string) => settingText(name, flags, environment);
  // Set-up has acted on this one before us; here it is only checked like every other.
  text('install');
  return {
    listen: parseListen(text('listen')),
    stateDirectory:
      text('state') === ''
        ? resolve(place.projectDirectory, '.cumulet')
        : resolve(place.workingDirectory, text('state')),
    hypervisor: text('hypervisor') as Config['hypervisor'],
    network: text('network') as Config['network'],
    uplink: text('uplink'),
    logLevel: text('log-level') as Config['logLevel'],
    publicUrl: parseBaseUrl('public URL', text('public-url')),
    consoleUrl: parseBaseUrl('console URL', text('console-url')),
    database: parseDatabase(text('database'), flags.database !== undefined),
    tinyImage:
      text('tiny-image') === '' ? null : resolve(place.workingDirectory, text('tiny-image')),
    hosts: parseHosts(text('hosts'), place.workingDirectory),
    agentHost: text('host') || null,
    reclaimAfterMs: parseSeconds('deferred-deletion', text('deferred-deletion')),
    confirmAfterMs: parseSeconds('resize-confirm-window', text('resize-confirm-window')),
    shelvedOffloadMs:
      text('shelved-offload') === 'never'
        ? Number.POSITIVE_INFINITY
        : parseSeconds('shelved-offload', text('shelved-offload')),
    migrationBytesPerSecond: parseBandwidth(text('live-migration-bandwidth')),
    security: readSecurityRules(text),
  };
}

/** Whole MiB per second. @returns bytes per second, without end for 0. Throws ConfigError. */
function parseBandwidth(text: string): number {
  if (!/^\d{1,6}$/.test(text)) {
    const given = JSON.stringify(text);
    throw new ConfigError(`live-migration-bandwidth is ${given} but must be whole MiB/s or 0.`);
  }
  return Number(text) * 1024 ** 2 || Number.POSITIVE_INFINITY;
}

/** Whole seconds, up to a year. @returns milliseconds. Throws ConfigError. */
function parseSeconds(name: string, text: string): number {
  const seconds = Number(text);
  const longest = 365 * 24 * 3600;
  if (!/^\d{1,8}$/.test(text) || seconds > longest) {
    const given = JSON.stringify(text);
    throw new ConfigError(`${name} is ${given} but must be seconds from 0 to ${longest}.`);
  }
  return seconds * 1000;
}

function readFlags(args: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(
    settings.map((setting) => [setting.name, { type: 'string' as const }]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    // Node explains how to pass positional arguments, which no command here takes.
    const sentence = (error as Error).message.split('. ')[0] ?? '';
    throw new ConfigError(`${sentence.replace(/\.$/, '')}; see --help.`);
  }
}

function settingText(
  name: string,
  flags: Record<string, string | undefined>,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const setting = settings.find((candidate) => candidate.name === name);
  if (!setting) throw new Error(`no setting is called ${name}`);
  const flag = flags[name];
  const variable = environment[setting.variable];
  if (flag === undefined && !variable) return setting.fallback;
  const value = flag ?? variable ?? '';
  const origin = flag === undefined ? setting.variable : `--${name}`;
  checkChoice(setting, value, origin);
  return value;
}

function checkChoice(setting: Setting, value: string, origin: string): void {
  if (!setting.choices || setting.choices.includes(value)) return;
  const choices = setting.choices.join(', ');
  throw new ConfigError(`${origin} is ${JSON.stringify(value)} but must be one of ${choices}.`);
}

/** A file in the state directory, or the address of a PostgreSQL database. */
export function databaseLocation({ database, stateDirectory }: Config): string {
  return database === 'sqlite' ? join(stateDirectory, 'cumulet.sqlite') : database;
}

/** `127.0.0.1:8774`, `localhost:0`, `[::1]:8774`. Throws ConfigError. */
export function parseListen(text: string): ListenAddress {
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:[\]/\s]+)):(?<port>\d{1,5})$/.exec(text);
  const { v6, host, port } = match?.groups ?? {};
  const portNumber = Number(port);
  const fine = match && portNumber <= 65_535 && (v6 === undefined || isIP(v6) === 6);
  if (!fine) {
    const shape = '<address>:<port>, an IPv6 address in brackets, the port from 0 to 65535';
    throw new ConfigError(`The listen address ${JSON.stringify(text)} must be ${shape}.`);
  }
  return { host: v6 ?? host ?? '', port: portNumber };
}

/** `host:port` as it stands in a URL. */
export function formatListen(address: ListenAddress): string {
  const host = isIP(address.host) === 6 ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}

function parseBaseUrl(what: string, text: string): string | null {
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !web || url.search || url.hash || url.username || url.password) {
    const shape = 'an http or https URL without user, query or fragment';
    throw new ConfigError(`The ${what} ${JSON.stringify(text)} must be ${shape}.`);
  }
  return url.href.replace(/\/+$/, '');
}

function parseDatabase(text: string, fromFlag: boolean): string {
  if (text === 'sqlite') return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'postgres:' && url?.protocol !== 'postgresql:') {
    // The value may hold a password, so the sentence does not repeat it.
    throw new ConfigError('The database must be "sqlite" or a postgres:// URL.');
  }
  if (fromFlag && url.password) {
    const instead = 'set CUMULET_DATABASE instead';
    throw new ConfigError(`A command line is no place for a password: ${instead}.`);
  }
  return text;
}
