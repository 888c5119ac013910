import type { Selectable } from 'kysely';
import { type HostTake, takeFromRow } from '#compute/hosts/take.ts';
import type { QuotaSubject } from '#compute/quotas/store.ts';
import { claimedDiskGib } from '#compute/servers/server.ts';
import type { Queries } from '#db/database.ts';
import type { ServerMovesTable } from '#db/schema/placement.ts';
import { type ServerMove, sidesOf } from './move.ts';

type Row = Selectable<ServerMovesTable>;

function toMove(row: Row): ServerMove {
  return {
    serverId: row.server_id,
    migrationId: row.migration_id,
    projectId: row.project_id,
    userId: row.user_id,
    vmState: row.vm_state as ServerMove['vmState'],
    source: JSON.parse(row.source),
    target: JSON.parse(row.target),
    side: row.side as ServerMove['side'],
    finishedMs: row.finished_ms,
  };
}

function claimsOf(move: ServerMove) {
  const { own, held } = sidesOf(move);
  return {
    side: move.side,
    held_host: held.host,
    held_vcpus: held.flavor.vcpus,
    held_memory_mib: held.flavor.memoryMib,
    held_disk_gib: claimedDiskGib(held.flavor),
    extra_vcpus: Math.max(0, held.flavor.vcpus - own.flavor.vcpus),
    extra_memory_mib: Math.max(0, held.flavor.memoryMib - own.flavor.memoryMib),
  };
}

export async function insertMove(db: Queries, move: ServerMove): Promise<void> {
  const row: Row = {
    server_id: move.serverId,
    migration_id: move.migrationId,
    project_id: move.projectId,
    user_id: move.userId,
    vm_state: move.vmState,
    source: JSON.stringify(move.source),
    target: JSON.stringify(move.target),
    ...claimsOf(move),
    finished_ms: move.finishedMs,
  };
  await db.insertInto('server_moves').values(row).execute();
}

export async function findMove(db: Queries, serverId: string): Promise<ServerMove | undefined> {
  const row = await db
    .selectFrom('server_moves')
    .selectAll()
    .where('server_id', '=', serverId)
    .executeTakeFirst();
  return row && toMove(row);
}

export async function listMoves(db: Queries): Promise<ServerMove[]> {
  const rows = await db.selectFrom('server_moves').selectAll().orderBy('server_id').execute();
  return rows.map(toMove);
}

/** Writes on which side the server's row now stands; write that row in the same transaction. */
export async function turnMove(db: Queries, move: ServerMove): Promise<void> {
  await db
    .updateTable('server_moves')
    .set(claimsOf(move))
    .where('server_id', '=', move.serverId)
    .execute();
}

export async function finishMove(db: Queries, serverId: string, nowMs: number): Promise<void> {
  await db
    .updateTable('server_moves')
    .set({ finished_ms: nowMs })
    .where('server_id', '=', serverId)
    .execute();
}

/** Gives back what the move held. */
export async function deleteMove(db: Queries, serverId: string): Promise<void> {
  await db.deleteFrom('server_moves').where('server_id', '=', serverId).execute();
}

/** Servers that wait since that moment, or longer, to be confirmed or reverted. */
export async function serversFinishedBefore(db: Queries, beforeMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('server_moves')
    .select('server_id')
    .where('finished_ms', '<=', beforeMs)
    .orderBy('finished_ms')
    .execute();
  return rows.map((row) => row.server_id);
}

/** By how much a project, or one user of it, must keep free for servers to go back. */
export async function heldUsage(
  db: Queries,
  { projectId, userId }: QuotaSubject,
): Promise<{ cores: number; ram: number }> {
  let query = db
    .selectFrom('server_moves')
    .select(({ fn }) => [fn.sum('extra_vcpus').as('cores'), fn.sum('extra_memory_mib').as('ram')])
    .where('project_id', '=', projectId);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  const row = await query.executeTakeFirst();
  return { cores: Number(row?.cores ?? 0), ram: Number(row?.ram ?? 0) };
}

/** What moves, or evacuations, of each project hold of a host that their servers are not on. */
export async function heldByProject(
  db: Queries,
  holder: 'server_moves' | 'evacuated_guests',
  host: string,
): Promise<HostTake[]> {
  const rows = await db
    .selectFrom(holder)
    .select(({ fn }) => [
      'project_id',
      fn.sum('held_vcpus').as('vcpus'),
      fn.sum('held_memory_mib').as('memory_mib'),
      fn.sum('held_disk_gib').as('disk_gib'),
    ])
    .where('held_host', '=', host)
    .groupBy('project_id')
    .execute();
  return rows.map(takeFromRow);
}
