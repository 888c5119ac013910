import type { Queries } from '#db/database.ts';

export async function isSeeded(db: Queries, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('network_seeds')
    .select('name')
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}

export async function recordSeed(db: Queries, name: string): Promise<void> {
  await db.insertInto('network_seeds').values({ name }).execute();
}
