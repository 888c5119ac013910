import type { Insertable, Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { NameFilters } from '../listing/names.ts';
import { type Page, type PageRequest, pageOf } from '../listing/page.ts';
import { rowsByName } from '../listing/store.ts';
import type { Group } from './group.ts';

type Row = Selectable<Schema['user_groups']>;

function fromRow(row: Row): Group {
  return {
    id: row.id,
    domainId: row.domain_id,
    name: row.name,
    description: row.description,
    extra: JSON.parse(row.extra),
  };
}

function toRow(group: Group): Insertable<Schema['user_groups']> {
  return {
    id: group.id,
    domain_id: group.domainId,
    name: group.name,
    description: group.description,
    extra: JSON.stringify(group.extra),
  };
}

export async function insertGroup(db: Queries, group: Group): Promise<void> {
  await db.insertInto('user_groups').values(toRow(group)).execute();
}

export async function replaceGroup(db: Queries, group: Group): Promise<void> {
  await db.updateTable('user_groups').set(toRow(group)).where('id', '=', group.id).execute();
}

export async function deleteGroupRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('user_groups').where('id', '=', id).execute();
}

export async function findGroup(db: Queries, id: string): Promise<Group | undefined> {
  const row = await db
    .selectFrom('user_groups')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fromRow(row);
}

export async function findGroupByName(
  db: Queries,
  domainId: string,
  name: string,
): Promise<Group | undefined> {
  const row = await db
    .selectFrom('user_groups')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && fromRow(row);
}

export interface GroupFilters extends NameFilters {
  domainId?: string | undefined;
  /** Groups that this user is in. */
  userId?: string | undefined;
}

export async function listGroupRows(
  db: Queries,
  filters: GroupFilters,
  page: PageRequest,
): Promise<Page<Group>> {
  let query = db.selectFrom('user_groups').selectAll();
  if (filters.domainId !== undefined) query = query.where('domain_id', '=', filters.domainId);
  const { userId } = filters;
  if (userId !== undefined) {
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('group_members').select('group_id').where('user_id', '=', userId),
    );
  }
  const rows = await rowsByName(query, filters, page, (id) => findGroup(db, id));
  return pageOf(rows.map(fromRow), page.limit);
}

export async function insertMember(db: Queries, groupId: string, userId: string): Promise<void> {
  await db
    .insertInto('group_members')
    .values({ group_id: groupId, user_id: userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** @returns false when the user was not in the group. */
export async function deleteMember(db: Queries, groupId: string, userId: string): Promise<boolean> {
  const result = await db
    .deleteFrom('group_members')
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function isMember(db: Queries, groupId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('group_members')
    .select('user_id')
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those by federation included. */
export async function listGroupIdsOfUser(db: Queries, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('group_members')
    .select('group_id')
    .where('user_id', '=', userId)
    .execute();
  const federated = await db
    .selectFrom('federated_members')
    .select('group_id')
    .where('user_id', '=', userId)
    .execute();
  return [...new Set([...rows, ...federated].map((row) => row.group_id))];
}

export async function listMemberIds(
  db: Queries,
  groupIds: readonly string[],
): Promise<Map<string, string[]>> {
  const members = new Map<string, string[]>();
  if (groupIds.length === 0) return members;
  const rows = await db
    .selectFrom('group_members')
    .select(['group_id', 'user_id'])
    .where('group_id', 'in', groupIds)
    .union(
      db
        .selectFrom('federated_members')
        .select(['group_id', 'user_id'])
        .where('group_id', 'in', groupIds),
    )
    .orderBy('user_id')
    .execute();
  for (const row of rows) {
    members.set(row.group_id, [...(members.get(row.group_id) ?? []), row.user_id]);
  }
  return members;
}

export async function listGroupIdsOfDomain(db: Queries, domainId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('user_groups')
    .select('id')
    .where('domain_id', '=', domainId)
    .execute();
  return rows.map((row) => row.id);
}

export async function deleteGroupsOfDomain(db: Queries, domainId: string): Promise<void> {
  await db.deleteFrom('user_groups').where('domain_id', '=', domainId).execute();
}

/** Ids that are not there are left out. */
export async function listGroupsById(db: Queries, ids: readonly string[]): Promise<Group[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('user_groups').selectAll().where('id', 'in', ids).execute();
  return rows.map(fromRow);
}
