import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { InstanceActionsTable } from '#db/schema/compute.ts';

export type InstanceActionRow = Selectable<InstanceActionsTable>;

export async function insertInstanceAction(db: Queries, row: InstanceActionRow): Promise<void> {
  await db.insertInto('instance_actions').values(row).execute();
}

/** Marks the action of this request as ended; `message` is null when all went well. */
export async function finishInstanceAction(
  db: Queries,
  serverId: string,
  requestId: string,
  message: string | null,
  nowMs: number,
): Promise<void> {
  await db
    .updateTable('instance_actions')
    .set({ finished_ms: nowMs, message })
    .where('server_id', '=', serverId)
    .where('request_id', '=', requestId)
    .where('finished_ms', 'is', null)
    .execute();
}

/** Ends whatever was still going on for a server when something else took over. */
export async function finishOpenActions(
  db: Queries,
  serverId: string,
  message: string,
  nowMs: number,
): Promise<void> {
  await db
    .updateTable('instance_actions')
    .set({ finished_ms: nowMs, message })
    .where('server_id', '=', serverId)
    .where('finished_ms', 'is', null)
    .execute();
}

export function listInstanceActions(db: Queries, serverId: string): Promise<InstanceActionRow[]> {
  return db
    .selectFrom('instance_actions')
    .selectAll()
    .where('server_id', '=', serverId)
    .orderBy('started_ms', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
