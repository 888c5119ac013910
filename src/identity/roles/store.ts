import type { Insertable, Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { NameFilters } from '../listing/names.ts';
import { type Page, type PageRequest, pageOf } from '../listing/page.ts';
import { rowsByName } from '../listing/store.ts';
import type { Inference, Role } from './role.ts';

type Row = Selectable<Schema['roles']>;

function fromRow(row: Row): Role {
  return {
    id: row.id,
    domainId: row.domain_id,
    name: row.name,
    description: row.description,
    options: JSON.parse(row.options),
    extra: JSON.parse(row.extra),
    systemPolicy: row.system_policy,
    customPolicy: row.custom_policy === null ? null : JSON.parse(row.custom_policy),
  };
}

function toRow(role: Role): Insertable<Schema['roles']> {
  return {
    id: role.id,
    domain_id: role.domainId,
    name: role.name,
    description: role.description,
    options: JSON.stringify(role.options),
    extra: JSON.stringify(role.extra),
    system_policy: role.systemPolicy,
    custom_policy: role.customPolicy && JSON.stringify(role.customPolicy),
  };
}

export async function insertRole(db: Queries, role: Role): Promise<void> {
  await db.insertInto('roles').values(toRow(role)).execute();
}

export async function replaceRole(db: Queries, role: Role): Promise<void> {
  await db.updateTable('roles').set(toRow(role)).where('id', '=', role.id).execute();
}

/** Takes assignments and inferences of the role along. */
export async function deleteRoleRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('roles').where('id', '=', id).execute();
}

export async function deleteRolesOfDomain(db: Queries, domainId: string): Promise<void> {
  await db.deleteFrom('roles').where('domain_id', '=', domainId).execute();
}

export async function findRole(db: Queries, id: string): Promise<Role | undefined> {
  const row = await db.selectFrom('roles').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

export async function findRoleByName(
  db: Queries,
  domainId: string | null,
  name: string,
): Promise<Role | undefined> {
  const row = await db
    .selectFrom('roles')
    .selectAll()
    .where('name', '=', name)
    .where((where) =>
      domainId === null ? where('domain_id', 'is', null) : where('domain_id', '=', domainId),
    )
    .executeTakeFirst();
  return row && fromRow(row);
}

/** The roles that come with the cloud, by which of them they are. */
export async function listSystemRoles(db: Queries): Promise<Map<string, Role>> {
  const rows = await db
    .selectFrom('roles')
    .selectAll()
    .where('system_policy', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.system_policy ?? '', fromRow(row)]));
}

/** The policies that an account wrote, oldest first. */
export async function listCustomPolicies(db: Queries, domainId: string): Promise<Role[]> {
  const rows = await db
    .selectFrom('roles')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where('custom_policy', 'is not', null)
    .execute();
  const createdMs = (role: Role) => role.customPolicy?.createdMs ?? 0;
  return rows.map(fromRow).sort((a, b) => createdMs(a) - createdMs(b) || (a.id < b.id ? -1 : 1));
}

/** Ids that are not there are left out. */
export async function listRolesById(db: Queries, ids: readonly string[]): Promise<Role[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('roles')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

export interface RoleFilters extends NameFilters {
  /** Null: the roles that hold everywhere. */
  domainId: string | null;
}

export async function listRoleRows(
  db: Queries,
  filters: RoleFilters,
  page: PageRequest,
): Promise<Page<Role>> {
  const { domainId } = filters;
  const query = db
    .selectFrom('roles')
    .selectAll()
    .where((where) =>
      domainId === null ? where('domain_id', 'is', null) : where('domain_id', '=', domainId),
    );
  const rows = await rowsByName(query, filters, page, (id) => findRole(db, id));
  return pageOf(rows.map(fromRow), page.limit);
}

/** All of them: there are as many as an administrator typed. */
export async function listInferences(db: Queries): Promise<Inference[]> {
  const rows = await db
    .selectFrom('implied_roles')
    .selectAll()
    .orderBy('prior_role_id')
    .orderBy('implied_role_id')
    .execute();
  return rows.map((row) => ({
    priorRoleId: row.prior_role_id,
    impliedRoleId: row.implied_role_id,
  }));
}

export async function insertInference(db: Queries, inference: Inference): Promise<void> {
  await db
    .insertInto('implied_roles')
    .values({
      prior_role_id: inference.priorRoleId,
      implied_role_id: inference.impliedRoleId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** @returns false when there was no such rule. */
export async function deleteInference(db: Queries, inference: Inference): Promise<boolean> {
  const result = await db
    .deleteFrom('implied_roles')
    .where('prior_role_id', '=', inference.priorRoleId)
    .where('implied_role_id', '=', inference.impliedRoleId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}
