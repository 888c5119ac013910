import { limits } from '#base/limits.ts';
import { keepDoing } from '#base/rounds.ts';
import { faultOf } from '#compute/operations/steps/settle.ts';
import { listStandings, type Standing } from '#compute/servers/standing-store.ts';
import { powerStates } from '#compute/servers/status.ts';
import { findServer, type ServerChange, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { hasUnfinished } from '#operations/store.ts';
import { askEachHost } from './each-host.ts';

/** By this it is known again why the server is in error. */
const message = 'The disk of the server is gone from its host; rebuild it.';

/**
 * A server that is off and whose disk somebody took away goes into error, before anybody starts it
 * on an empty one; when the disk is back, it is stopped again. One that runs still has its disk.
 * @returns the function that ends it
 */
export function keepLookingForDisks(service: ComputeService): () => void {
  let before = new Set<string>();
  return keepDoing(service, limits.dueMs, 'looking for disks', async () => {
    const now = new Set<string>();
    for (const server of await findDiffering(service)) {
      // What differs for a moment is being made, or taken away with its server.
      if (before.has(server.id)) await settle(service, server);
      now.add(server.id);
    }
    before = now;
  });
}

/** Servers whose state is not that of their disk; the hosts are asked first. */
async function findDiffering(service: ComputeService): Promise<Standing[]> {
  const disks = new Map<string, ReadonlySet<string>>();
  for (const [host, { rootDiskIds }] of await askEachHost(service, (agent) => agent.holdings())) {
    if (rootDiskIds) disks.set(host, new Set(rootDiskIds));
  }
  const hosts = service.agent.hosts();
  const isOnly = hosts.length === 1;
  return (await listStandings(service.database.queries)).filter((server) => {
    if (server.host === null) return false;
    // A machine that was renamed still has what it had.
    const here = disks.get((isOnly ? hosts[0] : undefined) ?? server.host);
    return here !== undefined && changeTo(service, server, here.has(server.id)) !== undefined;
  });
}

async function settle(service: ComputeService, { id, vmState }: Standing): Promise<void> {
  const hasDisk = vmState === 'error';
  const isSettled = await service.database.transaction(async (tx) => {
    const server = await findServer(tx, id);
    const change = server && changeTo(service, server, hasDisk);
    if (!change || (await hasUnfinished(tx, id))) return false;
    await updateServer(tx, id, change, service.clock.nowMs());
    return true;
  });
  if (!isSettled) return;
  if (hasDisk) service.log.warn({ serverId: id }, 'the disk of a server is back');
  else service.log.error({ serverId: id }, 'the disk of a server that is off is gone');
}

function changeTo(
  service: ComputeService,
  { taskState, vmState, fault }: Omit<Standing, 'id' | 'host'>,
  hasDisk: boolean,
): ServerChange | undefined {
  if (taskState !== null) return undefined;
  if (vmState === 'stopped' && !hasDisk) {
    const failure = faultOf(service, new Error(message), message);
    return { vm_state: 'error', power_state: powerStates.none, fault: failure };
  }
  const isBack = vmState === 'error' && hasDisk && fault?.message === message;
  return isBack
    ? { vm_state: 'stopped', power_state: powerStates.shutdown, fault: null }
    : undefined;
}
