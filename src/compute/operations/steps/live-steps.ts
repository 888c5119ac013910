import type { HostAgent } from '#agent/calls.ts';
import { limits } from '#base/limits.ts';
import { together } from '#base/together.ts';
import { turnMigration, updateMigration } from '#compute/migrations/store.ts';
import { rowOfSide, type ServerMove } from '#compute/moves/move.ts';
import { turnMove } from '#compute/moves/store.ts';
import { updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { MigrationFigures } from '#drivers/hypervisor/hypervisor.ts';
import { mustFindServer, wantedServer } from './wanted-server.ts';

/** What a server is that moves while it runs: its vCPUs run or stand still. */
export const powerOf = ({ vmState }: ServerMove) => (vmState === 'paused' ? 'paused' : 'running');

export function sidesOfHosts({ agent }: ComputeService, { source, target }: ServerMove) {
  return { from: agent.on(source.host), to: agent.on(target.host) };
}

export async function portIdsOf({ networks }: ComputeService, serverId: string) {
  return ((await networks.portsOf([serverId])).get(serverId) ?? []).map(({ id }) => id);
}

/** Says how far the migration is. @throws where it has been called off */
export async function sayStatus(
  service: ComputeService,
  { migrationId }: ServerMove,
  status: 'preparing' | 'running',
): Promise<void> {
  const nowMs = service.clock.nowMs();
  const from = ['queued', 'preparing', 'running'];
  // An attempt that a power cut ended says it again.
  const isSaid = await service.database.note((tx) =>
    turnMigration(tx, migrationId, from, status, nowMs),
  );
  if (!isSaid) throw new Error('the migration was called off');
}

/**
 * The row goes to the target, unless the migration has been called off: whichever is written first
 * holds, and the other one is refused.
 */
export async function standOnTarget(service: ComputeService, move: ServerMove): Promise<void> {
  const nowMs = service.clock.nowMs();
  const from = ['running', 'post-migrating'];
  await service.database.transaction(async (tx) => {
    const isSaid = await turnMigration(tx, move.migrationId, from, 'post-migrating', nowMs);
    if (!isSaid) throw new Error('the migration was called off');
    await updateServer(tx, move.serverId, rowOfSide(move.target), nowMs);
    await turnMove(tx, { ...move, side: 'target' });
  });
}

/** Whether the guest has gone on where it went, so that there is no way back. */
export async function hasRunThere(service: ComputeService, move: ServerMove): Promise<boolean> {
  const { to } = sidesOfHosts(service, move);
  if (move.side === 'source' || (await to.hasArrived(move.serverId))) return false;
  const power = await to.power(move.serverId);
  return power === 'running' || power === 'paused';
}

/** The other side lets go of the guest first: it may run on one of them only. */
export async function goOnAtSource(service: ComputeService, move: ServerMove): Promise<void> {
  const { from, to } = sidesOfHosts(service, move);
  await to.dropIncoming(move.serverId);
  await from.abortMigration(move.serverId, powerOf(move));
}

/** Removes what was made for it on the target, where it does not run. */
export async function clearTarget(service: ComputeService, move: ServerMove): Promise<void> {
  await clearSide(service, move, 'target');
}

/** Removes what is left of it on the source, where it ran before; its wires lead elsewhere now. */
export async function clearSource(service: ComputeService, move: ServerMove): Promise<void> {
  const { from, to } = sidesOfHosts(service, move);
  await together([from.forgetDeparted(move.serverId), clearSide(service, move, 'source')]);
  // The answers that its guest asks for may have gone with the former wires.
  const server = await mustFindServer(service, move.serverId);
  await to.ensureWires(await wantedServer(service, server, null));
}

async function clearSide(
  service: ComputeService,
  { serverId, source, target }: ServerMove,
  side: 'source' | 'target',
): Promise<void> {
  const { agent } = service;
  const host = agent.on(side === 'source' ? source.host : target.host);
  const removeWires = async () => {
    if (agent.sharesWires(source.host, target.host)) return;
    await host.removeWires(serverId, await portIdsOf(service, serverId));
  };
  const removeDisks = async () => {
    if (!agent.sharesDisks(source.host, target.host)) await host.removeDisks(serverId);
  };
  await together([removeWires(), removeDisks()]);
}

const { migrationToldEveryMs } = limits;
/** It is not kept from its beginning by being asked how far it is. */
const firstToldAfterMs = 50;

/** Writes down again and again how far the guest is, as long as the work goes on and tells. */
export async function whileTelling(
  service: ComputeService,
  { serverId, migrationId }: ServerMove,
  from: HostAgent,
  work: Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const tell = async () => {
    for (let restMs = firstToldAfterMs; ; restMs = Math.min(2 * restMs, migrationToldEveryMs)) {
      await service.clock.sleep(restMs, over.signal);
      const progress = await from.migrationProgress(serverId);
      if (progress && !over.signal.aborted) {
        const figures = {
          ...columnsOf('memory', progress.memory),
          ...columnsOf('disk', progress.disk),
        };
        const nowMs = service.clock.nowMs();
        await service.database.note((tx) => updateMigration(tx, migrationId, figures, nowMs));
      }
    }
  };
  const telling = tell().catch(() => undefined);
  try {
    await work;
  } finally {
    over.abort();
    await telling;
  }
}

function columnsOf(part: 'memory' | 'disk', figures: MigrationFigures) {
  return {
    [`${part}_total_bytes`]: figures.totalBytes,
    [`${part}_processed_bytes`]: figures.processedBytes,
    [`${part}_remaining_bytes`]: figures.remainingBytes,
  };
}
