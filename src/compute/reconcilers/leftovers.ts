import { limits } from '#base/limits.ts';
import { keepDoing } from '#base/rounds.ts';
import { listEvacuated } from '#compute/evacuations/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { askEachHost } from './each-host.ts';
import { findForeign, type Holdings, knownServers, removeForeign } from './foreign.ts';

/**
 * Removes from the hosts what belongs to no live server of theirs: guests, disks and wires that a
 * crash or an absence left behind. A server under deletion is live until the deletion has cleared
 * up after it.
 */
export async function removeLeftovers(service: ComputeService): Promise<void> {
  for (const host of service.agent.hosts()) {
    await removeFrom(service, host).catch((error) => {
      if ((error as Error).name !== 'AgentUnreachable') throw error;
      service.log.warn({ host, error: String(error) }, 'a host does not tell what is left on it');
    });
  }
}

async function removeFrom(service: ComputeService, host: string): Promise<void> {
  await remove(service, host, await findForeign(service, host));
  await service.agent.on(host).sweep();
}

/**
 * The same again and again, for what is of no server at all and was so for a while. What is of a
 * server that is elsewhere is left to the next start: it may be about to move.
 * @returns the function that ends it
 */
export function keepRemovingLeftovers(service: ComputeService): () => void {
  let sinceMs = new Map<string, number>();
  return keepDoing(service, limits.dueMs, 'removing what is of no server', async () => {
    const nowMs = service.clock.nowMs();
    const stillThere = new Map<string, number>();
    // Hosts are asked first: what is being made meanwhile is then in the database.
    const held = await askEachHost(service, (agent) => agent.holdings());
    const [serverIds, portIds] = [await knownServers(service), await knownPorts(service)];
    for (const [host, has] of held) {
      const old = (ids: readonly string[], known: ReadonlySet<string>) =>
        ids.filter((id) => {
          if (known.has(id)) return false;
          const firstMs = sinceMs.get(`${host} ${id}`) ?? nowMs;
          stillThere.set(`${host} ${id}`, firstMs);
          return nowMs - firstMs >= limits.leftoverGraceMs;
        });
      await remove(service, host, {
        guestIds: old(has.guestIds, serverIds),
        diskIds: old(has.diskIds, serverIds),
        portIds: old(has.portIds, portIds),
      }).catch((error) => {
        service.log.warn({ host, error: String(error) }, 'what is of no server is still there');
      });
    }
    sinceMs = stillThere;
  });
}

/** Hosts give up again and again what they have kept for servers to come, and none came. */
export function keepSweeping(service: ComputeService): () => void {
  return keepDoing(service, limits.sweepMs, 'sweeping hosts', async () => {
    await askEachHost(service, (agent) => agent.sweep());
  });
}

/** Also those of servers that are gone, on hosts that were away. */
async function knownPorts({ networks, database }: ComputeService): Promise<Set<string>> {
  const left = (await listEvacuated(database.queries)).flatMap(({ portIds }) => portIds);
  return new Set([...(await networks.serverPortIds()), ...left]);
}

async function remove(service: ComputeService, host: string, foreign: Holdings): Promise<void> {
  const count = foreign.guestIds.length + foreign.diskIds.length + foreign.portIds.length;
  if (count === 0) return;
  service.log.warn({ host, ...foreign }, 'what is of no server is removed');
  await removeForeign(service, host, foreign);
}
