import { sql } from 'kysely';
import type { Queries } from '#db/database.ts';

/**
 * Waits until no other process places servers. Locking a table takes no snapshot, so what the
 * transaction then reads is what the one before it left; without this, serializable transactions
 * that all read what hosts carry cancel each other until their retries are used up.
 */
export async function takeTurn(tx: Queries): Promise<void> {
  await sql`lock table server_group_members in exclusive mode`.execute(tx);
}

/** The hosts on which these servers live, of a project or, with null, of any. */
export async function hostsOfServers(
  db: Queries,
  serverIds: readonly string[],
  projectId: string | null,
): Promise<Set<string>> {
  if (serverIds.length === 0) return new Set();
  let query = db
    .selectFrom('servers')
    .select('host')
    .where('id', 'in', serverIds)
    .where('host', 'is not', null)
    .where('deleted_ms', 'is', null);
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  const rows = await query.execute();
  return new Set(rows.map((row) => row.host ?? ''));
}
