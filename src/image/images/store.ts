import type { Selectable, Updateable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { Image, ImageStatus, ImageVisibility } from './image.ts';

export type ImageRow = Selectable<Schema['images']>;
export type ImageChange = Updateable<Schema['images']>;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids come from clients; what is no UUID names no image and never reaches the database. */
export async function findImage(db: Queries, id: string): Promise<Image | undefined> {
  if (!uuidPattern.test(id)) return undefined;
  const row = await db
    .selectFrom('images')
    .selectAll()
    .where('id', '=', id.toLowerCase())
    .executeTakeFirst();
  return row ? (await withDetails(db, [row]))[0] : undefined;
}

/** Rows to images, in the same order, in three queries however many there are. */
export async function withDetails(db: Queries, rows: readonly ImageRow[]): Promise<Image[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const properties = await db
    .selectFrom('image_properties')
    .selectAll()
    .where('image_id', 'in', ids)
    .orderBy('name')
    .execute();
  const tags = await db
    .selectFrom('image_tags')
    .selectAll()
    .where('image_id', 'in', ids)
    .orderBy('tag')
    .execute();
  const members = await db
    .selectFrom('image_members')
    .select(['image_id', 'member_id'])
    .where('image_id', 'in', ids)
    .orderBy('member_id')
    .execute();
  const propertiesOf = Map.groupBy(properties, (row) => row.image_id);
  const tagsOf = Map.groupBy(tags, (row) => row.image_id);
  const membersOf = Map.groupBy(members, (row) => row.image_id);
  return rows.map((row) => ({
    ...toImage(row),
    properties: Object.fromEntries(
      (propertiesOf.get(row.id) ?? []).map(({ name, value }) => [name, value]),
    ),
    tags: (tagsOf.get(row.id) ?? []).map(({ tag }) => tag),
    memberIds: (membersOf.get(row.id) ?? []).map(({ member_id }) => member_id),
  }));
}

function toImage(row: ImageRow): Omit<Image, 'properties' | 'tags' | 'memberIds'> {
  return {
    id: row.id,
    name: row.name,
    status: row.status as ImageStatus,
    visibility: row.visibility as ImageVisibility,
    ownerId: row.owner_id,
    diskFormat: row.disk_format,
    containerFormat: row.container_format,
    sizeBytes: row.size_bytes,
    virtualSizeBytes: row.virtual_size_bytes,
    minDiskGib: row.min_disk_gib,
    minRamMib: row.min_ram_mib,
    isProtected: row.is_protected === 1,
    isHidden: row.is_hidden === 1,
    checksum: row.checksum,
    hashAlgorithm: row.hash_algorithm,
    hashValue: row.hash_value,
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
  };
}

export async function insertImage(db: Queries, image: Image): Promise<void> {
  await db
    .insertInto('images')
    .values({
      id: image.id,
      name: image.name,
      status: image.status,
      visibility: image.visibility,
      owner_id: image.ownerId,
      disk_format: image.diskFormat,
      container_format: image.containerFormat,
      size_bytes: image.sizeBytes,
      virtual_size_bytes: image.virtualSizeBytes,
      min_disk_gib: image.minDiskGib,
      min_ram_mib: image.minRamMib,
      is_protected: image.isProtected ? 1 : 0,
      is_hidden: image.isHidden ? 1 : 0,
      checksum: image.checksum,
      hash_algorithm: image.hashAlgorithm,
      hash_value: image.hashValue,
      upload_id: null,
      created_ms: image.createdMs,
      updated_ms: image.updatedMs,
    })
    .execute();
  await insertProperties(db, image.id, image.properties);
  await insertTags(db, image.id, image.tags);
}

/** Writes what a client may change; status and data are left to those who own them. */
export async function updateImage(db: Queries, image: Image): Promise<void> {
  await db
    .updateTable('images')
    .set({
      name: image.name,
      visibility: image.visibility,
      owner_id: image.ownerId,
      disk_format: image.diskFormat,
      container_format: image.containerFormat,
      min_disk_gib: image.minDiskGib,
      min_ram_mib: image.minRamMib,
      is_protected: image.isProtected ? 1 : 0,
      is_hidden: image.isHidden ? 1 : 0,
      updated_ms: image.updatedMs,
    })
    .where('id', '=', image.id)
    .execute();
  await db.deleteFrom('image_properties').where('image_id', '=', image.id).execute();
  await insertProperties(db, image.id, image.properties);
  await db.deleteFrom('image_tags').where('image_id', '=', image.id).execute();
  await insertTags(db, image.id, image.tags);
}

async function insertProperties(
  db: Queries,
  imageId: string,
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  const rows = Object.entries(properties).map(([name, value]) => ({
    image_id: imageId,
    name,
    value,
  }));
  if (rows.length > 0) await db.insertInto('image_properties').values(rows).execute();
}

async function insertTags(db: Queries, imageId: string, tags: readonly string[]): Promise<void> {
  const rows = tags.map((tag) => ({ image_id: imageId, tag }));
  if (rows.length > 0) await db.insertInto('image_tags').values(rows).execute();
}

/**
 * Moves an image from one status to another if it still is in the first.
 * @returns the row as it is afterwards, undefined when it was not in that status (any more).
 */
export function moveImage(
  db: Queries,
  id: string,
  from: { status: ImageStatus; uploadId: string | null },
  change: ImageChange & { status: ImageStatus },
): Promise<ImageRow | undefined> {
  return db
    .updateTable('images')
    .set(change)
    .where('id', '=', id)
    .where('status', '=', from.status)
    .where('upload_id', from.uploadId === null ? 'is' : '=', from.uploadId)
    .returningAll()
    .executeTakeFirst();
}

/** Removes the image and remembers its id, and whether its data are still to be removed. */
export async function removeImage(db: Queries, id: string, deletedMs: number): Promise<boolean> {
  const row = await db
    .deleteFrom('images')
    .where('id', '=', id)
    .returning('status')
    .executeTakeFirst();
  if (!row) return false;
  await db.deleteFrom('image_properties').where('image_id', '=', id).execute();
  await db.deleteFrom('image_tags').where('image_id', '=', id).execute();
  await db.deleteFrom('image_members').where('image_id', '=', id).execute();
  const hasData = row.status === 'queued' ? 0 : 1;
  await db
    .insertInto('image_deletions')
    .values({ image_id: id, has_data: hasData, deleted_ms: deletedMs })
    .execute();
  return true;
}

/** Whether an image has or ever had this id. */
export async function isImageIdTaken(db: Queries, id: string): Promise<boolean> {
  const living = await db.selectFrom('images').select('id').where('id', '=', id).executeTakeFirst();
  if (living) return true;
  const deleted = await db
    .selectFrom('image_deletions')
    .select('image_id')
    .where('image_id', '=', id)
    .executeTakeFirst();
  return deleted !== undefined;
}

/** Images of that name that anyone may use and that one project owns, the oldest first. */
export async function findPublicByName(
  db: Queries,
  name: string,
  ownerId: string,
): Promise<Image[]> {
  const rows = await db
    .selectFrom('images')
    .selectAll()
    .where('name', '=', name)
    .where('owner_id', '=', ownerId)
    .where('visibility', '=', 'public')
    .orderBy('created_ms')
    .orderBy('id')
    .execute();
  return withDetails(db, rows);
}

export function hideImages(db: Queries, ids: readonly string[]): Promise<unknown> {
  return db.updateTable('images').set({ is_hidden: 1 }).where('id', 'in', ids).execute();
}

/** A project's own images that have all of these properties. */
export async function imagesWithProperties(
  db: Queries,
  projectId: string,
  wanted: Readonly<Record<string, string>>,
): Promise<Image[]> {
  let query = db.selectFrom('images').selectAll().where('owner_id', '=', projectId);
  for (const [name, value] of Object.entries(wanted)) {
    const having = db
      .selectFrom('image_properties')
      .select('image_id')
      .where('name', '=', name)
      .where('value', '=', value);
    query = query.where('id', 'in', having);
  }
  return withDetails(db, await query.execute());
}
