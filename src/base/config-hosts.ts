import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { ConfigError } from '#base/config-error.ts';

/** A host that this process is to serve; sizes that are absent are the machine's. */
export interface HostSetting {
  name: string;
  /** The availability zone it stands in unless an aggregate puts it elsewhere. */
  zone: string;
  vcpus?: number;
  memoryMib?: number;
  diskGib?: number;
  /** How far each resource is promised beyond what is there. */
  vcpusRatio?: number;
  memoryRatio?: number;
  diskRatio?: number;
}

export const defaultZone = 'nova';

/** As many as anyone needs to try out placement; more would only slow the start. */
const mostHosts = 1000;

const sizes = ['vcpus', 'memoryMib', 'diskGib'] as const;
const ratios = ['vcpusRatio', 'memoryRatio', 'diskRatio'] as const;

/**
 * `3`, or the name of a JSON or YAML file: a list, each with a `name` and, if anyone likes, a
 * `zone`, sizes and ratios. Empty stands for this machine. Throws ConfigError.
 */
export function parseHosts(text: string, workingDirectory: string): HostSetting[] {
  if (text === '') return [];
  if (/^\d+$/.test(text)) return numberedHosts(Number(text));
  const path = resolve(workingDirectory, text);
  let value: unknown;
  try {
    // JSON is YAML, too.
    value = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`The hosts cannot be read from ${path}: ${(error as Error).message}`);
  }
  return readHosts(value);
}

function numberedHosts(count: number): HostSetting[] {
  if (count < 1 || count > mostHosts) {
    throw new ConfigError(`There must be 1 to ${mostHosts} hosts, not ${count}.`);
  }
  return Array.from({ length: count }, (_, index) => ({
    name: `host-${index + 1}`,
    zone: defaultZone,
  }));
}

function readHosts(value: unknown): HostSetting[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostHosts) {
    throw new ConfigError(`The hosts must be a list of 1 to ${mostHosts} objects.`);
  }
  const hosts = value.map(readHost);
  const twice = hosts.find(({ name }, index) => hosts.some((h, i) => i < index && h.name === name));
  if (twice) throw new ConfigError(`Two hosts are called ${JSON.stringify(twice.name)}.`);
  return hosts;
}

function readHost(value: unknown): HostSetting {
  const fields = Object.entries(value ?? {});
  const known: readonly string[] = ['name', 'zone', ...sizes, ...ratios];
  const strange = fields.find(([key]) => !known.includes(key));
  if (strange) throw new ConfigError(`A host has no member ${JSON.stringify(strange[0])}.`);
  const given = Object.fromEntries(fields) as Record<string, unknown>;
  const host: HostSetting = {
    name: readName('name', given.name),
    zone: readName('zone', given.zone ?? defaultZone),
  };
  for (const size of [...sizes, ...ratios]) {
    if (given[size] === undefined) continue;
    const number = Number(given[size]);
    const isWhole = Number.isSafeInteger(number) || (ratios as readonly string[]).includes(size);
    if (typeof given[size] !== 'number' || !(number > 0) || !isWhole) {
      throw new ConfigError(`${size} of host ${JSON.stringify(host.name)} must be above 0.`);
    }
    host[size] = number;
  }
  return host;
}

/** Names stand in `az:host:node`, so they hold no colons; and they are names of folders. */
function readName(member: string, value: unknown): string {
  const isName = typeof value === 'string' && /^[\w-][\w.-]{0,254}$/.test(value);
  if (isName) return value;
  const shape = '1 to 255 letters, digits, dots, dashes and underscores, no dot first';
  throw new ConfigError(`The ${member} of a host must be ${shape}: ${JSON.stringify(value)}`);
}
