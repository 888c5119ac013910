import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { InstanceActionsTable } from '#db/schema/compute.ts';
import { finishEvents } from './event-store.ts';

export type InstanceActionRow = Selectable<InstanceActionsTable>;

export async function insertInstanceAction(
  db: Queries,
  row: Omit<InstanceActionRow, 'updated_ms'>,
): Promise<void> {
  await db
    .insertInto('instance_actions')
    .values({ ...row, updated_ms: row.started_ms })
    .execute();
}

/**
 * Ends the action of this request and its events.
 * @param failure null when all went well; otherwise what administrators read in the events.
 * Tenants read only that it was an error: what went wrong may name what is not theirs.
 */
export async function finishInstanceAction(
  db: Queries,
  serverId: string,
  requestId: string,
  failure: string | null,
  nowMs: number,
): Promise<void> {
  const rows = await db
    .updateTable('instance_actions')
    .set(finished(failure, nowMs))
    .where('server_id', '=', serverId)
    .where('request_id', '=', requestId)
    .where('finished_ms', 'is', null)
    .returning('id')
    .execute();
  await finishEvents(db, idsOf(rows), failure, nowMs);
}

/** Ends whatever was still going on for a server when something else took over. */
export async function finishOpenActions(
  db: Queries,
  serverId: string,
  failure: string,
  nowMs: number,
): Promise<void> {
  const rows = await db
    .updateTable('instance_actions')
    .set(finished(failure, nowMs))
    .where('server_id', '=', serverId)
    .where('finished_ms', 'is', null)
    .returning('id')
    .execute();
  await finishEvents(db, idsOf(rows), failure, nowMs);
}

function finished(failure: string | null, nowMs: number) {
  const message = failure === null ? null : 'Error';
  return { finished_ms: nowMs, updated_ms: nowMs, message };
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

export interface ActionPage {
  limit: number;
  /** The last action of the page before. */
  after?: InstanceActionRow | undefined;
  /** Both ends included, of the last change. */
  changedSinceMs?: number | undefined;
  changedBeforeMs?: number | undefined;
}

/** Newest first. */
export async function listInstanceActions(
  db: Queries,
  serverId: string,
  page: ActionPage,
): Promise<InstanceActionRow[]> {
  const { limit, after, changedSinceMs: sinceMs, changedBeforeMs: beforeMs } = page;
  let query = db.selectFrom('instance_actions').selectAll().where('server_id', '=', serverId);
  if (sinceMs !== undefined) query = query.where('updated_ms', '>=', sinceMs);
  if (beforeMs !== undefined) query = query.where('updated_ms', '<=', beforeMs);
  if (after) {
    query = query.where((where) =>
      where.or([
        where('started_ms', '<', after.started_ms),
        where.and([where('started_ms', '=', after.started_ms), where('id', '<', after.id)]),
      ]),
    );
  }
  return query.orderBy('started_ms', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export function findInstanceAction(
  db: Queries,
  serverId: string,
  requestId: string,
): Promise<InstanceActionRow | undefined> {
  return db
    .selectFrom('instance_actions')
    .selectAll()
    .where('server_id', '=', serverId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
}
