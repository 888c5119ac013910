import type { Queries } from '#db/database.ts';

/** @returns false when it was used before. */
export async function claimSignature(
  db: Queries,
  signature: string,
  dateMs: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('used_signatures')
    .values({ signature, date_ms: dateMs })
    .onConflict((conflict) => conflict.column('signature').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Of those that were made before. */
export async function deleteSignaturesBefore(db: Queries, beforeMs: number): Promise<void> {
  await db.deleteFrom('used_signatures').where('date_ms', '<', beforeMs).execute();
}
