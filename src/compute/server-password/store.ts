import type { Queries } from '#db/database.ts';

/** The text as the guest gave it; undefined when there is none. */
export async function findPassword(db: Queries, serverId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('server_passwords')
    .select('encrypted')
    .where('server_id', '=', serverId)
    .executeTakeFirst();
  return row?.encrypted;
}

export async function insertPassword(
  db: Queries,
  serverId: string,
  encrypted: string,
  nowMs: number,
): Promise<void> {
  const row = { server_id: serverId, encrypted, set_ms: nowMs };
  await db.insertInto('server_passwords').values(row).execute();
}

export async function deletePassword(db: Queries, serverId: string): Promise<void> {
  await db.deleteFrom('server_passwords').where('server_id', '=', serverId).execute();
}
