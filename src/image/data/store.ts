import type { Queries } from '#db/database.ts';

/** Ids of deleted images whose data may still lie in the storage. */
export async function listUnremovedData(db: Queries): Promise<string[]> {
  const rows = await db
    .selectFrom('image_deletions')
    .select('image_id')
    .where('has_data', '=', 1)
    .execute();
  return rows.map((row) => row.image_id);
}

export async function recordDataRemoved(db: Queries, imageId: string): Promise<void> {
  await db
    .updateTable('image_deletions')
    .set({ has_data: 0 })
    .where('image_id', '=', imageId)
    .execute();
}

/** Images that an upload was filling; with no process at work these uploads are lost. */
export async function listSaving(db: Queries): Promise<{ id: string; uploadId: string | null }[]> {
  const rows = await db
    .selectFrom('images')
    .select(['id', 'upload_id'])
    .where('status', '=', 'saving')
    .execute();
  return rows.map((row) => ({ id: row.id, uploadId: row.upload_id }));
}

/** Ids of the images that have data, by what is recorded. */
export async function listWithData(db: Queries): Promise<Set<string>> {
  const rows = await db
    .selectFrom('images')
    .select('id')
    .where('status', 'in', ['active', 'deactivated'])
    .execute();
  return new Set(rows.map((row) => row.id));
}
