import type { Queries } from '#db/database.ts';

/** By host; the seal opens them. */
export async function sealedCredentials(db: Queries): Promise<Map<string, string>> {
  const rows = await db.selectFrom('host_credentials').selectAll().execute();
  return new Map(rows.map(({ host, sealed }) => [host, sealed]));
}

export async function insertCredential(db: Queries, host: string, sealed: string): Promise<void> {
  await db.insertInto('host_credentials').values({ host, sealed }).execute();
}
