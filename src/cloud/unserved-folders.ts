import { existsSync, readdirSync } from 'node:fs';
import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { serverOfDisk } from '#agent/rescue.ts';
import { systemClock } from '#base/clock.ts';
import type { Config } from '#base/config.ts';
import { silentLog } from '#base/log.ts';
import { hostFolder } from '#base/served-host.ts';
import { findOwner } from '#drivers/hypervisor/qemu/ownership.ts';
import { processesByGuest } from '#drivers/hypervisor/qemu/process/host-process.ts';
import { namespaceExists } from '#drivers/network/linux/in-namespace.ts';
import { openLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import { switchNamespace } from '#drivers/network/linux/names.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import type { Difference } from './differences.ts';
import { instanceOf } from './linux-options.ts';

/** The process that has locked a folder, if one has. */
export type HolderOf = (folder: string) => { processId: number } | undefined;

/** What a folder has of guests and wires. */
interface Contents {
  folder: string;
  /** Ids of guests with a process. */
  running: ReadonlySet<string>;
  guestIds: string[];
  diskIds: string[];
  switch: string | null;
}

/**
 * What lies in the folders of hosts that are not configured any more. Only what no server knows and
 * what does not run can be removed, and the folder when nothing else is in it.
 */
export async function findUnserved(
  { stateDirectory, hosts }: Pick<Config, 'stateDirectory' | 'hosts'>,
  knownServers: () => Promise<ReadonlySet<string>>,
  holderOf: HolderOf,
): Promise<Difference[]> {
  // One host alone has the state directory itself.
  const served = new Set(hosts.length > 1 ? hosts.map(({ name }) => name) : []);
  const found: Difference[] = [];
  for (const name of namesIn(join(stateDirectory, 'hosts'))) {
    if (served.has(name)) continue;
    const place = `host ${name}, which is not configured`;
    const folder = await realpath(hostFolder(stateDirectory, name));
    const processId = holderOf(folder)?.processId ?? (await findOwner(folder))?.pid;
    if (processId !== undefined) {
      found.push({ place, what: 'is served by process', id: `${processId}`, isFine: true });
      continue;
    }
    const contents = await readContents(folder);
    found.push(...compare(place, contents, await knownServers(), stateDirectory));
  }
  return found;
}

async function readContents(folder: string): Promise<Contents> {
  const running = new Set(processesByGuest(join(folder, 'guests')).keys());
  const owners = namesIn(join(folder, 'disks')).map((name) =>
    serverOfDisk(name.replace(/\..*$/, '')),
  );
  const namespace = switchNamespace(instanceOf(folder));
  return {
    folder,
    running,
    guestIds: [...new Set([...running, ...namesIn(join(folder, 'guests'))])].sort(),
    diskIds: [...new Set(owners)].sort(),
    switch: (await namespaceExists(namespace)) ? namespace : null,
  };
}

function compare(
  place: string,
  { folder, running, guestIds, diskIds, switch: namespace }: Contents,
  known: ReadonlySet<string>,
  stateDirectory: string,
): Difference[] {
  const kept = (id: string) => known.has(id) || running.has(id);
  const owner = (id: string) => (known.has(id) ? 'of server' : 'of no server');
  const guests = guestIds.map((id) => {
    const what = `${running.has(id) ? 'running guest' : 'guest'} ${owner(id)}`;
    const remove = () => rm(join(folder, 'guests', id), { recursive: true, force: true });
    return { place, what, id, ...(!kept(id) && { remove }) };
  });
  const disks = diskIds.map((id) => {
    const remove = () => removeDisks(folder, id);
    return { place, what: `disks ${owner(id)}`, id, ...(!kept(id) && { remove }) };
  });
  const isOff = running.size === 0;
  const removeSwitch = () => removeWires(folder, stateDirectory);
  const wires = namespace
    ? [{ place, what: 'namespace', id: namespace, ...(isOff && { remove: removeSwitch }) }]
    : [];
  const isEmpty = isOff && ![...guestIds, ...diskIds].some(kept);
  const remove = () => rm(folder, { recursive: true, force: true });
  const rest = { place, what: 'folder', id: folder, ...(isEmpty && { remove }) };
  return [...guests, ...disks, ...wires, rest];
}

async function removeDisks(folder: string, serverId: string): Promise<void> {
  const storage = await openFileStorage({ stateFolder: folder, log: silentLog });
  const ids = (await storage.diskIds()).filter((id) => serverOfDisk(id) === serverId);
  for (const id of ids) await storage.deleteDisks(id);
}

/** With all that hangs in it, and the ends that it has in the switch of the first host. */
async function removeWires(folder: string, stateDirectory: string): Promise<void> {
  const network = await openLinuxNetwork({
    instanceId: instanceOf(folder),
    servedBy: instanceOf(stateDirectory),
    clock: systemClock,
    log: silentLog,
    uplink: { kind: 'host' },
  });
  await network.removeAll();
}

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);
