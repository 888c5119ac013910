import type { Selectable } from 'kysely';
import { limits } from '#base/limits.ts';
import type { Queries } from '#db/database.ts';
import type { InstanceActionEventsTable } from '#db/schema/server-parts.ts';

export type ActionEventRow = Selectable<InstanceActionEventsTable>;

/** What starts: the host is the one that the server is on at that time. */
export interface NewEvent {
  id: string;
  name: string;
  nowMs: number;
}

/**
 * Records that work for the action of this request has begun. Begun again after a crash it is the
 * same event; without an open action there is nothing to record.
 */
export async function startEvent(
  db: Queries,
  serverId: string,
  requestId: string,
  event: NewEvent,
): Promise<void> {
  const action = await db
    .selectFrom('instance_actions')
    .innerJoin('servers', 'servers.id', 'instance_actions.server_id')
    .select(['instance_actions.id', 'servers.host'])
    .where('server_id', '=', serverId)
    .where('request_id', '=', requestId)
    .where('finished_ms', 'is', null)
    .executeTakeFirst();
  if (!action) return;
  const known = await db
    .selectFrom('instance_action_events')
    .select('id')
    .where('action_id', '=', action.id)
    .where('name', '=', event.name)
    .executeTakeFirst();
  if (known) return;
  await insertEvent(db, {
    id: event.id,
    action_id: action.id,
    name: event.name,
    host: action.host,
    started_ms: event.nowMs,
    finished_ms: null,
    result: null,
    details: null,
  });
  await db
    .updateTable('instance_actions')
    .set({ updated_ms: event.nowMs })
    .where('id', '=', action.id)
    .execute();
}

async function insertEvent(db: Queries, row: ActionEventRow): Promise<void> {
  await db.insertInto('instance_action_events').values(row).execute();
}

/** Ends the open events of these actions; `failure` is null when all went well. */
export async function finishEvents(
  db: Queries,
  actionIds: readonly string[],
  failure: string | null,
  nowMs: number,
): Promise<void> {
  if (actionIds.length === 0) return;
  const result = failure === null ? 'Success' : 'Error';
  // What a program wrote may hold NUL, which PostgreSQL does not keep.
  const details = failure?.replaceAll('\0', '').slice(0, limits.actionDetailCharacters) ?? null;
  await db
    .updateTable('instance_action_events')
    .set({ finished_ms: nowMs, result, details })
    .where('action_id', 'in', actionIds)
    .where('finished_ms', 'is', null)
    .execute();
}

/** Newest first. */
export function listEvents(db: Queries, actionId: string): Promise<ActionEventRow[]> {
  return db
    .selectFrom('instance_action_events')
    .selectAll()
    .where('action_id', '=', actionId)
    .orderBy('started_ms', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
