import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { run } from '#base/process.ts';
import type { NetworkSpec, PortSpec } from '../network.ts';
import { type DhcpFiles, dhcpConfig, dhcpEntry, dhcpFiles } from './dhcp-config.ts';
import { isInNamespace, namespaceExists, runIn } from './in-namespace.ts';
import { networkNamespace } from './names.ts';
import { networkFolder, type Wiring } from './wiring.ts';

const exitTimeoutMs = 5_000;
export const exitPollMs = 2;

function filesOf(wiring: Wiring, networkId: string): DhcpFiles {
  return dhcpFiles(networkFolder(wiring.runFolder, networkId));
}

/** A pid may have gone to another process: only one that runs with our file is our server. */
async function isServer(pid: number, files: DhcpFiles): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.split('\0').includes(`--conf-file=${files.config}`);
}

async function findServer(networkId: string, files: DhcpFiles): Promise<number | null> {
  const written = Number(await readFile(files.pid, 'utf8').catch(() => ''));
  if (written > 0 && (await isServer(written, files))) return written;
  // One of a killed process of ours may run without having written its number.
  const namespace = networkNamespace(networkId);
  if (!(await namespaceExists(namespace))) return null;
  const { stdout } = await run('ip', ['netns', 'pids', namespace]);
  for (const pid of stdout.split('\n').filter(Boolean).map(Number)) {
    if (await isServer(pid, files)) return pid;
  }
  return null;
}

/** One that ended in the meantime needs no signal. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function stopServer(wiring: Wiring, pid: number, files: DhcpFiles): Promise<void> {
  signal(pid, 'SIGTERM');
  const deadlineMs = wiring.clock.nowMs() + exitTimeoutMs;
  // A process that nobody reaped yet has an empty command line and so counts as gone.
  while (await isServer(pid, files)) {
    if (wiring.clock.nowMs() > deadlineMs) signal(pid, 'SIGKILL');
    await wiring.clock.sleep(exitPollMs);
  }
}

async function startServer(networkId: string, files: DhcpFiles): Promise<void> {
  await runIn(networkNamespace(networkId), 'dnsmasq', [`--conf-file=${files.config}`]);
  await rm(files.stale, { force: true });
}

/** Makes the network's DHCP server run with exactly this configuration. */
export function ensureDhcpServer(wiring: Wiring, network: NetworkSpec): Promise<void> {
  return wiring.turns.take(`dhcp ${network.id}`, async () => {
    const files = filesOf(wiring, network.id);
    await mkdir(files.hosts, { recursive: true, mode: 0o755 });
    const config = dhcpConfig(network, files);
    const written = await readFile(files.config, 'utf8').catch(() => null);
    const pid = await findServer(network.id, files);
    const isWithin = pid !== null && (await isInNamespace(pid, networkNamespace(network.id)));
    if (isWithin && written === config) return;
    // In this order a crash never leaves an old server beside a new file.
    if (pid !== null) await stopServer(wiring, pid, files);
    await writeFile(files.config, config, { mode: 0o644 });
    await startServer(network.id, files);
  });
}

/** Whether it runs with exactly this configuration, where the network's namespace is now. */
export async function isDhcpServed(wiring: Wiring, network: NetworkSpec): Promise<boolean> {
  const files = filesOf(wiring, network.id);
  const written = await readFile(files.config, 'utf8').catch(() => null);
  if (written !== dhcpConfig(network, files)) return false;
  const pid = await findServer(network.id, files);
  return pid !== null && isInNamespace(pid, networkNamespace(network.id));
}

export function stopDhcpServer(wiring: Wiring, networkId: string): Promise<void> {
  return wiring.turns.take(`dhcp ${networkId}`, async () => {
    const files = filesOf(wiring, networkId);
    const pid = await findServer(networkId, files);
    if (pid !== null) await stopServer(wiring, pid, files);
  });
}

/** Makes the server answer the port as the spec says. */
export function ensureDhcpEntry(wiring: Wiring, port: PortSpec): Promise<void> {
  return wiring.turns.take(`dhcp ${port.networkId}`, async () => {
    const files = filesOf(wiring, port.networkId);
    const file = `${files.hosts}/${port.id}`;
    const written = await readFile(file, 'utf8').catch(() => '');
    const entry = dhcpEntry(port);
    if (written === entry) return;
    if (written !== '') await writeFile(files.stale, '');
    if (entry === '') await rm(file, { force: true });
    else {
      await mkdir(files.hosts, { recursive: true, mode: 0o755 });
      const draft = `${files.hosts}/.${port.id}`;
      await writeFile(draft, entry, { mode: 0o644 });
      await rename(draft, file);
    }
    await reload(wiring, port.networkId, files);
  });
}

/** Whether the server would answer the port as the spec says. */
export async function isDhcpAnswered(wiring: Wiring, port: PortSpec): Promise<boolean> {
  const file = `${filesOf(wiring, port.networkId).hosts}/${port.id}`;
  return (await readFile(file, 'utf8').catch(() => '')) === dhcpEntry(port);
}

export function removeDhcpEntry(wiring: Wiring, networkId: string, portId: string): Promise<void> {
  return wiring.turns.take(`dhcp ${networkId}`, async () => {
    const files = filesOf(wiring, networkId);
    if (!(await hasDhcpEntry(wiring, networkId, portId))) return;
    await writeFile(files.stale, '');
    await rm(`${files.hosts}/${portId}`, { force: true });
    const pid = await findServer(networkId, files);
    if (pid !== null) signal(pid, 'SIGHUP');
  });
}

export async function hasDhcpEntry(
  wiring: Wiring,
  networkId: string,
  portId: string,
): Promise<boolean> {
  const file = `${filesOf(wiring, networkId).hosts}/${portId}`;
  return (await stat(file).catch(() => null)) !== null;
}

/**
 * The server keeps leases in memory and would refuse an address that it believes another MAC
 * holds; so once a port has gone, the next one is given by a server that starts afresh.
 */
async function reload(wiring: Wiring, networkId: string, files: DhcpFiles): Promise<void> {
  const pid = await findServer(networkId, files);
  if (pid === null) return;
  const stale = await stat(files.stale).catch(() => null);
  if (stale === null) {
    signal(pid, 'SIGHUP');
    return;
  }
  await stopServer(wiring, pid, files);
  await startServer(networkId, files);
}
