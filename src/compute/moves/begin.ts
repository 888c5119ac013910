import { computeErrors } from '#compute/errors.ts';
import { findHost } from '#compute/hosts/store.ts';
import type { ServerMigration } from '#compute/migrations/migration.ts';
import { insertMigration } from '#compute/migrations/store.ts';
import { type MoveWish, placeMove } from '#compute/placement/place-move.ts';
import type { Asked } from '#compute/servers/act.ts';
import { requireQuota } from '#compute/servers/quota.ts';
import { resizeErrors } from '#compute/servers/resize-errors.ts';
import type { FlavorSnapshot, Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { type MoveSide, resizedDisks } from './move.ts';
import { findMove, insertMove } from './store.ts';

/**
 * Chooses the target, claims it beside the source, and writes down both the move and the record
 * that administrators list, in the transaction of the request.
 * @throws NoValidHost (400), TooManyInstances (403), InstanceNotReady (409)
 */
export async function beginMove(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  server: Server,
  type: 'resize' | 'migration',
  wish: MoveWish,
): Promise<void> {
  // An administrator's word can hide one that still has to be cleared up.
  if (await findMove(tx, server.id)) throw computeErrors.notReady({ id: server.id });
  const { host } = await placeMove(service, tx, server, wish);
  const action = type === 'resize' ? 'resize' : 'cold migrate';
  if (!host || server.host === null) throw resizeErrors.noValidHost({ action });
  await requireMore(service, tx, server, wish.flavor);
  const target = { ...wish, host: host.name, zone: host.zone };
  await recordMove(service, tx, asked, server, { type, status: 'pre-migrating' }, target);
}

/** Writes both down. @returns the number of the record that administrators list */
export async function recordMove(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  server: Server,
  { type, status }: Pick<ServerMigration, 'type' | 'status'>,
  { host, zone, flavor }: Omit<MoveSide, 'localDisks'>,
): Promise<number> {
  const target = {
    host,
    zone,
    flavor,
    localDisks: resizedDisks(server.localDisks, server.flavor, flavor),
  };
  const targetAddress = (await findHost(tx, host))?.address ?? null;
  const named = { type, status, targetHost: host, targetAddress };
  const migrationId = await recordMigration(service, tx, asked, server, named);
  const vmState = server.vmState === 'paused' ? 'paused' : 'stopped';
  await insertMove(tx, {
    serverId: server.id,
    migrationId,
    projectId: server.projectId,
    userId: server.userId,
    vmState: server.vmState === 'active' ? 'active' : vmState,
    source: {
      host: server.host ?? '',
      zone: server.availabilityZone ?? '',
      flavor: server.flavor,
      localDisks: server.localDisks,
    },
    target,
    side: 'source',
    finishedMs: null,
  });
  return migrationId;
}

/** What administrators list. @returns its number */
export function recordMigration(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  server: Server,
  named: Pick<ServerMigration, 'type' | 'status' | 'targetHost' | 'targetAddress'>,
): Promise<number> {
  return insertMigration(tx, {
    ...named,
    uuid: service.ids.uuid(),
    serverId: server.id,
    projectId: asked.actor.projectId ?? server.projectId,
    userId: asked.actor.userId,
    sourceHost: server.host,
    oldFlavorNumber: null,
    newFlavorNumber: null,
    isHidden: false,
    createdMs: service.clock.nowMs(),
  });
}

/** What the new flavor has more of is the project's to have; the move counts it from now on. */
async function requireMore(
  service: ComputeService,
  tx: Queries,
  { projectId, userId, flavor: old }: Server,
  flavor: FlavorSnapshot,
): Promise<void> {
  const more = {
    instances: 0,
    cores: Math.max(0, flavor.vcpus - old.vcpus),
    memoryMib: Math.max(0, flavor.memoryMib - old.memoryMib),
  };
  await requireQuota(tx, projectId, more, service.quota, userId);
}
