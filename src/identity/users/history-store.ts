import type { Queries } from '#db/database.ts';

/** Hashes, the latest first. */
export async function listFormerPasswords(
  db: Queries,
  userId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('former_passwords')
    .select('password_hash')
    .where('user_id', '=', userId)
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.password_hash);
}

export async function insertFormerPassword(
  db: Queries,
  userId: string,
  hash: string,
): Promise<void> {
  const sequence = (await lastSequence(db, userId)) + 1;
  await db
    .insertInto('former_passwords')
    .values({ user_id: userId, sequence, password_hash: hash })
    .execute();
}

/** Leaves the latest ones. */
export async function trimFormerPasswords(
  db: Queries,
  userId: string,
  kept: number,
): Promise<void> {
  await db
    .deleteFrom('former_passwords')
    .where('user_id', '=', userId)
    .where('sequence', '<=', (await lastSequence(db, userId)) - kept)
    .execute();
}

async function lastSequence(db: Queries, userId: string): Promise<number> {
  const row = await db
    .selectFrom('former_passwords')
    .select((select) => select.fn.max('sequence').as('last'))
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.last ?? 0;
}
