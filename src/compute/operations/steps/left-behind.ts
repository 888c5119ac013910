import { finishEvacuated, insertEvacuated } from '#compute/evacuations/store.ts';
import { findHost } from '#compute/hosts/store.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { portIdsOf } from './live-steps.ts';

/**
 * What a server has on a host that it leaves, or did not reach, is removed there before that counts
 * as back. Where its guest may run on, the server is not started elsewhere until then.
 */
export async function leaveBehind(
  service: ComputeService,
  serverId: string,
  { host, mayRun }: { host: string; mayRun: boolean },
): Promise<void> {
  const portIds = await portIdsOf(service, serverId);
  await service.database.transaction(async (tx) => {
    const server = await findServer(tx, serverId);
    if (!server) return;
    await insertEvacuated(tx, server, { host, migrationId: 0, portIds, mayRun });
    await finishEvacuated(tx, serverId, host, service.clock.nowMs());
  });
}

/** The same for the host that its row names still, and that could not end the guest there. */
export async function leaveUnreached(
  service: ComputeService,
  serverId: string,
  problem: Error,
): Promise<void> {
  const host = (await findServer(service.database.queries, serverId))?.host ?? null;
  if (host === null || service.agent.hosts().length === 1) throw problem;
  const mayRun = !(await isKnownEnded(service, host, serverId));
  const facts = { serverId, host, mayRun, error: String(problem) };
  service.log.warn(facts, 'what a server has on a host that does not answer is removed later');
  await leaveBehind(service, serverId, { host, mayRun });
}

/**
 * Ends the guest without its host's agent, where that can be done. That an administrator forces the
 * host down is their word that nothing runs there; silence is no proof.
 */
export async function isKnownEnded(
  service: ComputeService,
  host: string,
  serverId: string,
): Promise<boolean> {
  const isFenced = await service.fence(host, serverId).catch(() => false);
  if (isFenced) return true;
  return (await findHost(service.database.queries, host))?.forced_down === 1;
}
