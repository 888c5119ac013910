import type { Queries } from '#db/database.ts';

/** Failed logins in a row. */
export interface Failures {
  count: number;
  lastMs: number;
}

/** @param subject a user's id, or the row that stands for names that nobody has. */
export async function findFailures(db: Queries, subject: string): Promise<Failures | undefined> {
  const row = await db
    .selectFrom('login_failures')
    .select(['count', 'last_ms'])
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row && { count: row.count, lastMs: row.last_ms };
}

export async function keepFailures(
  db: Queries,
  subject: string,
  { count, lastMs }: Failures,
): Promise<void> {
  await db
    .insertInto('login_failures')
    .values({ subject, count, last_ms: lastMs })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet({ count, last_ms: lastMs }))
    .execute();
}

export async function deleteFailures(db: Queries, subject: string): Promise<void> {
  await db.deleteFrom('login_failures').where('subject', '=', subject).execute();
}
