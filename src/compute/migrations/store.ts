import type { Selectable, Updateable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { MigrationsTable } from '#db/schema/services.ts';
import type { ServerMigration } from './migration.ts';
import type { MigrationFilter, MigrationPage } from './migration-filter.ts';

type Row = Selectable<MigrationsTable>;

/** What a new migration is told of; the rest is counted while it goes on. */
export type NewMigration = Omit<ServerMigration, 'id' | 'memory' | 'disk' | 'updatedMs'>;

/** @returns its number */
export async function insertMigration(db: Queries, migration: NewMigration): Promise<number> {
  const last = await db
    .selectFrom('migrations')
    .select((select) => select.fn.max('id').as('id'))
    .executeTakeFirst();
  const id = Number(last?.id ?? 0) + 1;
  const row: Row = {
    ...noProgress,
    id,
    uuid: migration.uuid,
    server_id: migration.serverId,
    project_id: migration.projectId,
    user_id: migration.userId,
    type: migration.type,
    status: migration.status,
    source_host: migration.sourceHost,
    target_host: migration.targetHost,
    target_address: migration.targetAddress,
    old_flavor_number: migration.oldFlavorNumber,
    new_flavor_number: migration.newFlavorNumber,
    hidden: Number(migration.isHidden),
    created_ms: migration.createdMs,
    updated_ms: null,
  };
  await db.insertInto('migrations').values(row).execute();
  return id;
}

const noProgress = {
  memory_total_bytes: null,
  memory_processed_bytes: null,
  memory_remaining_bytes: null,
  disk_total_bytes: null,
  disk_processed_bytes: null,
  disk_remaining_bytes: null,
};

export async function updateMigration(
  db: Queries,
  id: number,
  change: Omit<Updateable<MigrationsTable>, 'id' | 'uuid' | 'updated_ms'>,
  nowMs: number,
): Promise<void> {
  await db
    .updateTable('migrations')
    .set({ ...change, updated_ms: nowMs })
    .where('id', '=', id)
    .execute();
}

/**
 * Says how far a migration is, unless it is no longer where it can come from: then it was called
 * off. @returns whether it was said
 */
export async function turnMigration(
  db: Queries,
  id: number,
  from: readonly string[],
  status: string,
  nowMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('migrations')
    .set({ status, updated_ms: nowMs })
    .where('id', '=', id)
    .where('status', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Undefined when there is no such marker. */
export async function listMigrations(
  db: Queries,
  filter: MigrationFilter,
  { limit, newestFirst, marker }: MigrationPage,
): Promise<ServerMigration[] | undefined> {
  let query = filtered(db, filter);
  if (marker !== undefined) {
    const before = await findByUuid(db, marker);
    const isSeen = [undefined, before?.project_id].includes(filter.projectId);
    if (!before || !isSeen) return undefined;
    query = query.where((where) =>
      where.or([
        where('created_ms', '<', before.created_ms),
        where.and([where('created_ms', '=', before.created_ms), where('id', '<', before.id)]),
      ]),
    );
  }
  const ordered = newestFirst
    ? query.orderBy('created_ms', 'desc').orderBy('id', 'desc')
    : query.orderBy('id');
  return (await ordered.limit(limit).execute()).map(toMigration);
}

function filtered(db: Queries, filter: MigrationFilter) {
  const { host, isHidden, changedSinceMs, changedBeforeMs } = filter;
  const equals = [
    ['source_host', filter.sourceHost],
    ['server_id', filter.serverId],
    ['status', filter.status],
    ['type', filter.type],
    ['project_id', filter.projectId],
    ['user_id', filter.userId],
  ] as const;
  let query = db.selectFrom('migrations').selectAll();
  for (const [column, value] of equals) {
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (isHidden !== undefined) query = query.where('hidden', '=', Number(isHidden));
  if (host !== undefined) {
    query = query.where((where) =>
      where.or([where('source_host', '=', host), where('target_host', '=', host)]),
    );
  }
  // One that never changed counts from when it was made.
  if (changedSinceMs !== undefined) {
    query = query.where(
      (where) => where.fn.coalesce('updated_ms', 'created_ms'),
      '>=',
      changedSinceMs,
    );
  }
  if (changedBeforeMs !== undefined) {
    query = query.where(
      (where) => where.fn.coalesce('updated_ms', 'created_ms'),
      '<=',
      changedBeforeMs,
    );
  }
  return query;
}

function findByUuid(db: Queries, uuid: string) {
  return db
    .selectFrom('migrations')
    .select(['id', 'created_ms', 'project_id'])
    .where('uuid', '=', uuid)
    .executeTakeFirst();
}

export async function findMigration(
  db: Queries,
  serverId: string,
  id: number,
): Promise<ServerMigration | undefined> {
  const row = await db
    .selectFrom('migrations')
    .selectAll()
    .where('server_id', '=', serverId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toMigration(row);
}

function toMigration(row: Row): ServerMigration {
  return {
    id: row.id,
    uuid: row.uuid,
    serverId: row.server_id,
    projectId: row.project_id,
    userId: row.user_id,
    type: row.type as ServerMigration['type'],
    status: row.status,
    sourceHost: row.source_host,
    targetHost: row.target_host,
    targetAddress: row.target_address,
    oldFlavorNumber: row.old_flavor_number,
    newFlavorNumber: row.new_flavor_number,
    isHidden: row.hidden === 1,
    memory: {
      totalBytes: row.memory_total_bytes,
      processedBytes: row.memory_processed_bytes,
      remainingBytes: row.memory_remaining_bytes,
    },
    disk: {
      totalBytes: row.disk_total_bytes,
      processedBytes: row.disk_processed_bytes,
      remainingBytes: row.disk_remaining_bytes,
    },
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
  };
}
