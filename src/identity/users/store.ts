import type { Insertable, Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import type { User } from './user.ts';

type Row = Selectable<Schema['users']>;

function fromRow(row: Row): User {
  return {
    id: row.id,
    domainId: row.domain_id,
    name: row.name,
    isEnabled: row.enabled === 1,
    defaultProjectId: row.default_project_id,
    passwordHash: row.password_hash,
    passwordChangedMs: row.password_changed_ms,
    options: JSON.parse(row.options),
    extra: JSON.parse(row.extra),
  };
}

function toRow(user: User): Insertable<Schema['users']> {
  return {
    id: user.id,
    domain_id: user.domainId,
    name: user.name,
    enabled: user.isEnabled ? 1 : 0,
    default_project_id: user.defaultProjectId,
    password_hash: user.passwordHash,
    password_changed_ms: user.passwordChangedMs,
    options: JSON.stringify(user.options),
    extra: JSON.stringify(user.extra),
  };
}

export async function insertUser(db: Queries, user: User): Promise<void> {
  await db.insertInto('users').values(toRow(user)).execute();
}

export async function replaceUser(db: Queries, user: User): Promise<void> {
  await db.updateTable('users').set(toRow(user)).where('id', '=', user.id).execute();
}

/** Takes tokens and group memberships along; role assignments are the verb's to remove. */
export async function deleteUserRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('users').where('id', '=', id).execute();
}

export async function findUser(db: Queries, id: string): Promise<User | undefined> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

export async function findUserByName(
  db: Queries,
  domainId: string,
  name: string,
): Promise<User | undefined> {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && fromRow(row);
}

export interface UserFilters {
  name?: string | undefined;
  domainId?: string | undefined;
  groupId?: string | undefined;
  isEnabled?: boolean | undefined;
}

export async function listUserRows(
  db: Queries,
  filters: UserFilters,
  page: PageRequest,
): Promise<Page<User>> {
  let query = db.selectFrom('users').selectAll('users');
  if (filters.name !== undefined) query = query.where('name', '=', filters.name);
  if (filters.domainId !== undefined) query = query.where('domain_id', '=', filters.domainId);
  if (filters.isEnabled !== undefined) {
    query = query.where('enabled', '=', filters.isEnabled ? 1 : 0);
  }
  const { groupId } = filters;
  if (groupId !== undefined) {
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('group_members').select('user_id').where('group_id', '=', groupId),
    );
  }
  const after = page.marker === undefined ? undefined : await findUser(db, page.marker);
  if (after) {
    query = query.where((where) =>
      where.or([
        where('name', '>', after.name),
        where.and([where('name', '=', after.name), where('id', '>', after.id)]),
      ]),
    );
  }
  const rows = await query
    .orderBy('name')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows.map(fromRow), page.limit);
}

export async function listUserIdsOfDomain(db: Queries, domainId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .select('id')
    .where('domain_id', '=', domainId)
    .execute();
  return rows.map((row) => row.id);
}

export async function deleteUsersOfDomain(db: Queries, domainId: string): Promise<void> {
  await db.deleteFrom('users').where('domain_id', '=', domainId).execute();
}

/** A project that is gone is nobody's default. */
export async function clearDefaultProject(db: Queries, projectId: string): Promise<void> {
  await db
    .updateTable('users')
    .set({ default_project_id: null })
    .where('default_project_id', '=', projectId)
    .execute();
}

/** Ids that are not there are left out. */
export async function listUsersById(db: Queries, ids: readonly string[]): Promise<User[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('users').selectAll().where('id', 'in', ids).execute();
  return rows.map(fromRow);
}
