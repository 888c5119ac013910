import { stat, statfs } from 'node:fs/promises';
import { ProcessError, type RunOptions, run } from '#base/process.ts';
import { namespaceFolder } from './names.ts';

/** A named network namespace; null is the one we run in. */
export type Namespace = string | null;

export interface Link {
  ifname: string;
  mtu: number;
  flags: string[];
  ifalias?: string;
  /** The MAC. */
  address?: string;
  master?: string;
  link_type: string;
  addr_info?: { family: string; local: string; prefixlen: number }[];
}

const namespaceFileSystem = 0x6e736673;

/** True when the name is really mounted; a killed `ip netns add` leaves only an empty file. */
export async function namespaceExists(name: string): Promise<boolean> {
  const facts = await statfs(`${namespaceFolder}/${name}`).catch(() => null);
  return facts?.type === namespaceFileSystem;
}

/** The same number for the same namespace, by whatever path; undefined where there is none. */
export async function namespaceNumber(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => null))?.ino;
}

/** Whether a process lives in the namespace that has the name now. */
export async function isInNamespace(pid: number, name: string): Promise<boolean> {
  const [own, named] = await Promise.all([
    namespaceNumber(`/proc/${pid}/ns/net`),
    namespaceNumber(`${namespaceFolder}/${name}`),
  ]);
  return own !== undefined && own === named;
}

export async function ensureNamespace(name: string): Promise<void> {
  if (await namespaceExists(name)) return;
  await removeNamespace(name);
  await run('ip', ['netns', 'add', name]);
}

/** Removes the name; what still runs inside keeps the namespace itself alive until it ends. */
export async function removeNamespace(name: string): Promise<void> {
  const facts = await statfs(`${namespaceFolder}/${name}`).catch(() => null);
  if (facts) await run('ip', ['netns', 'delete', name]);
}

/** Gives `ip` many commands in one process; stops at the first that fails. */
export async function ip(namespace: Namespace, lines: string[]): Promise<void> {
  if (lines.length === 0) return;
  const where = namespace === null ? [] : ['-n', namespace];
  await run('ip', [...where, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}

/** @returns the interface, or null when there is none of that name. */
export async function readLink(namespace: Namespace, device: string): Promise<Link | null> {
  try {
    const [link] = await showLinks(namespace, ['dev', device]);
    return link ?? null;
  } catch (error) {
    if (error instanceof ProcessError && /does not exist/.test(error.stderr)) return null;
    throw error;
  }
}

export function readLinks(namespace: Namespace): Promise<Link[]> {
  return showLinks(namespace, []);
}

async function showLinks(namespace: Namespace, which: string[]): Promise<Link[]> {
  const where = namespace === null ? [] : ['-n', namespace];
  const { stdout } = await run('ip', [...where, '-j', 'address', 'show', ...which]);
  const links = JSON.parse(stdout || '[]') as Partial<Link>[];
  return links.filter((link): link is Link => link.ifname !== undefined);
}

/** `device` went away by itself when its other end did: that is no failure. */
export async function removeLink(namespace: Namespace, device: string): Promise<void> {
  const where = namespace === null ? [] : ['-n', namespace];
  await run('ip', [...where, 'link', 'delete', device]).catch((error) => {
    if (!(error instanceof ProcessError && /Cannot find device/.test(error.stderr))) throw error;
  });
}

/** Runs a program with the namespace's network but our own view of the files. */
export function runIn(
  namespace: Namespace,
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ stdout: string; stderr: string }> {
  if (namespace === null) return run(file, args, options);
  return run('nsenter', [...enter(namespace), file, ...args], options);
}

/** Arguments of `nsenter` that come before the program to run. */
export function enter(namespace: string): string[] {
  return [`--net=${namespaceFolder}/${namespace}`, '--'];
}

/** Applies a whole nftables script as one transaction. */
export async function nft(namespace: Namespace, lines: string[]): Promise<void> {
  await runIn(namespace, 'nft', ['-f', '-'], { input: `${lines.join('\n')}\n` });
}

export async function sysctl(namespace: Namespace, values: Record<string, number>): Promise<void> {
  const settings = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  await runIn(namespace, 'sysctl', ['-q', '-w', ...settings]);
}
