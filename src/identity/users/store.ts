import type { Insertable, Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { NameFilters } from '../listing/names.ts';
import { type Page, type PageRequest, pageOf } from '../listing/page.ts';
import { rowsByName } from '../listing/store.ts';
import type { ExpiryFilter, User } from './user.ts';

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
    passwordExpiresMs: row.password_expires_ms,
    passwordIsOwn: row.password_is_own === 1,
    lastActiveMs: row.last_active_ms,
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
    password_expires_ms: user.passwordExpiresMs,
    password_is_own: user.passwordIsOwn ? 1 : 0,
    last_active_ms: user.lastActiveMs,
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

/** Keeps the day on which the user was last there. */
export async function keepLastActive(db: Queries, id: string, dayMs: number): Promise<void> {
  await db.updateTable('users').set({ last_active_ms: dayMs }).where('id', '=', id).execute();
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

export interface UserFilters extends NameFilters {
  domainId?: string | undefined;
  groupId?: string | undefined;
  isEnabled?: boolean | undefined;
  /** When the password stops being good, compared with a time. */
  passwordExpires?: ExpiryFilter | undefined;
  /** How they are known at a provider; what is absent may be anything. */
  federated?: FederatedFilter | undefined;
}

export interface FederatedFilter {
  idpId?: string | undefined;
  protocolId?: string | undefined;
  uniqueId?: string | undefined;
}

function federatedIds(db: Queries, { idpId, protocolId, uniqueId }: FederatedFilter) {
  let query = db.selectFrom('federated_users').select('user_id');
  if (idpId !== undefined) query = query.where('idp_id', '=', idpId);
  if (protocolId !== undefined) query = query.where('protocol_id', '=', protocolId);
  if (uniqueId !== undefined) query = query.where('unique_id', '=', uniqueId);
  return query;
}

export async function listUserRows(
  db: Queries,
  filters: UserFilters,
  page: PageRequest,
): Promise<Page<User>> {
  let query = db.selectFrom('users').selectAll('users');
  if (filters.domainId !== undefined) query = query.where('domain_id', '=', filters.domainId);
  if (filters.isEnabled !== undefined) {
    query = query.where('enabled', '=', filters.isEnabled ? 1 : 0);
  }
  const { passwordExpires } = filters;
  if (passwordExpires) {
    const { operator, ms } = passwordExpires;
    query = query.where('password_expires_ms', operator, ms);
  }
  const { federated } = filters;
  if (federated) query = query.where('id', 'in', federatedIds(db, federated));
  const { groupId } = filters;
  if (groupId !== undefined) {
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('group_members').select('user_id').where('group_id', '=', groupId),
    );
  }
  const rows = await rowsByName(query, filters, page, (id) => findUser(db, id));
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
  const ids = db.selectFrom('users').select('id').where('domain_id', '=', domainId);
  await db.deleteFrom('login_failures').where('subject', 'in', ids).execute();
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
