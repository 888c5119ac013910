import type { Queries } from '#db/database.ts';
import type { Revocation, Revoked } from './revocation.ts';

export async function insertRevocation(db: Queries, revocation: Revocation): Promise<void> {
  const { id, revokedMs, about } = revocation;
  const row = { id, revoked_ms: revokedMs, about: JSON.stringify(about) };
  await db.insertInto('revocation_events').values(row).execute();
}

/** From then on, the oldest first. */
export async function listRevocationRows(db: Queries, sinceMs: number): Promise<Revocation[]> {
  const rows = await db
    .selectFrom('revocation_events')
    .selectAll()
    .where('revoked_ms', '>=', sinceMs)
    .orderBy('revoked_ms')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    revokedMs: row.revoked_ms,
    about: JSON.parse(row.about) as Revoked,
  }));
}

/** @returns how many there were. */
export async function deleteRevocationsBefore(db: Queries, ms: number): Promise<number> {
  const result = await db
    .deleteFrom('revocation_events')
    .where('revoked_ms', '<', ms)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
