import type { Queries } from '#db/database.ts';
import { preparedForList } from '#db/prepared.ts';

/** Adds tags; those that the server has already are left as they are. */
export async function insertTags(
  db: Queries,
  serverId: string,
  tags: readonly string[],
): Promise<void> {
  if (tags.length === 0) return;
  await db
    .insertInto('server_tags')
    .values([...new Set(tags)].map((tag) => ({ server_id: serverId, tag })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const selectTags = preparedForList((db, ids) =>
  db.selectFrom('server_tags').selectAll().where('server_id', 'in', ids),
);

/** The tags of each server, sorted; servers without any are not in the map. */
export async function tagsOf(
  db: Queries,
  serverIds: readonly string[],
): Promise<Map<string, string[]>> {
  const result = new Map<string, string[]>();
  for (const { server_id: id, tag } of await selectTags(db, serverIds)) {
    const tags = result.get(id) ?? [];
    tags.push(tag);
    result.set(id, tags);
  }
  // Databases sort text each in its own way.
  for (const tags of result.values()) tags.sort();
  return result;
}

export async function hasTag(db: Queries, serverId: string, tag: string): Promise<boolean> {
  const row = await db
    .selectFrom('server_tags')
    .select('tag')
    .where('server_id', '=', serverId)
    .where('tag', '=', tag)
    .executeTakeFirst();
  return row !== undefined;
}

export async function countTags(db: Queries, serverId: string): Promise<number> {
  const row = await db
    .selectFrom('server_tags')
    .select((select) => select.fn.countAll().as('count'))
    .where('server_id', '=', serverId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** @returns false when the server has no such tag. */
export async function deleteTag(db: Queries, serverId: string, tag: string): Promise<boolean> {
  const result = await db
    .deleteFrom('server_tags')
    .where('server_id', '=', serverId)
    .where('tag', '=', tag)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function deleteTags(db: Queries, serverId: string): Promise<void> {
  await db.deleteFrom('server_tags').where('server_id', '=', serverId).execute();
}
