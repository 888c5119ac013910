import type { Insertable, Selectable, Updateable } from 'kysely';
import { type SqlBool, sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import { preparedForList } from '#db/prepared.ts';
import type { SecurityGroupsTable } from '#db/schema/network.ts';
import type { ListScope } from '#policy/engine.ts';
import type { ListQuery } from '../listing/query.ts';
import {
  alwaysFalse,
  boolean,
  type Filters,
  listRows,
  ownedIn,
  standardFilters,
  text,
} from '../listing/store.ts';
import { nextRevision } from '../revisions/store.ts';
import { rulesOf } from '../security-group-rules/store.ts';
import { standardFromRow } from '../standard.ts';
import { defaultGroupName, type SecurityGroup } from './security-group.ts';

type Row = Selectable<SecurityGroupsTable>;

export const groupFilters: Filters = {
  ...standardFilters,
  name: text('name'),
  stateful: boolean('stateful'),
  // No group is shared with other projects.
  shared: alwaysFalse,
};

export async function listGroups(
  db: Queries,
  scope: ListScope,
  query: ListQuery,
): Promise<SecurityGroup[]> {
  return complete(db, await listRows(db, 'security_groups', groupFilters, ownedIn(scope), query));
}

export async function findGroup(db: Queries, id: string): Promise<SecurityGroup | undefined> {
  return (await findGroups(db, [id]))[0];
}

export async function findGroups(db: Queries, ids: readonly string[]): Promise<SecurityGroup[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('security_groups').selectAll().where('id', 'in', ids).execute();
  return complete(db, rows);
}

/** Ids of a project's groups that a text names, by id or by name. */
export async function groupIdsNamed(
  db: Queries,
  projectId: string,
  idOrName: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('security_groups')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where((where) => where.or([where('id', '=', idOrName), where('name', '=', idOrName)]))
    .execute();
  const byId = rows.filter((row) => row.id === idOrName);
  return (byId.length > 0 ? byId : rows).map((row) => row.id);
}

export async function defaultGroupId(db: Queries, projectId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('security_groups')
    .select('id')
    .where('default_of', '=', projectId)
    .executeTakeFirst();
  return row?.id;
}

/** Groups of a project, or of all for null, by project and name. */
export async function groupsByName(
  db: Queries,
  projectId: string | null,
  page: { limit: number; offset: number },
): Promise<SecurityGroup[]> {
  let query = db.selectFrom('security_groups').selectAll();
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  const rows = await query
    .orderBy('project_id')
    .orderBy('name')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return complete(db, rows);
}

/** `{ id, name }` of groups, for views of servers. */
export async function groupNames(
  db: Queries,
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('security_groups')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Ids of ports in any of the groups. */
export async function memberPortIds(db: Queries, groupIds: readonly string[]): Promise<string[]> {
  if (groupIds.length === 0) return [];
  const rows = await db
    .selectFrom('port_security_groups')
    .select('port_id')
    .distinct()
    .where('security_group_id', 'in', groupIds)
    .execute();
  return rows.map((row) => row.port_id);
}

/**
 * Addresses and further allowed sources of all ports in the groups, in no order. A group may have
 * thousands of members and is asked for at every plug, so the database joins its addresses into
 * one row, and looks for further sources only among the few ports that have any.
 */
export async function memberAddresses(db: Queries, groupIds: readonly string[]) {
  if (groupIds.length === 0) return { addresses: [], pairs: [] };
  const joined = await selectMemberAddresses(db, groupIds);
  const addresses = joined.map((row) => ({ ...row, addresses: row.addresses.split(',') }));
  return { addresses, pairs: await selectMemberPairs(db, groupIds) };
}

const selectMemberAddresses = preparedForList((db, groupIds) =>
  db
    .selectFrom('port_security_groups as m')
    .innerJoin('port_addresses as a', 'a.port_id', 'm.port_id')
    .select(['m.security_group_id as groupId', joinedAddresses.as('addresses')])
    .where('m.security_group_id', 'in', groupIds)
    .groupBy('m.security_group_id'),
);

const selectMemberPairs = preparedForList((db, groupIds) =>
  db
    .selectFrom('port_security_groups as m')
    .innerJoin('ports as p', 'p.id', 'm.port_id')
    .select(['m.security_group_id as groupId', 'p.allowed_address_pairs as pairs'])
    .where('m.security_group_id', 'in', groupIds)
    .where('m.port_id', 'in', (select) =>
      select.selectFrom('ports').select('ports.id').where(hasPairs),
    ),
);

const joinedAddresses = sql<string>`string_agg(a.address, ',')`;

/** As text, not as a value: only so does the index on exactly this condition serve. */
const hasPairs = sql<SqlBool>`ports.allowed_address_pairs <> '[]'`;

export async function insertGroup(
  db: Queries,
  row: Insertable<SecurityGroupsTable>,
): Promise<void> {
  await db.insertInto('security_groups').values(row).execute();
}

/** Also called without a change when a rule comes or goes: that is a new revision of the group. */
export async function updateGroupRow(
  db: Queries,
  id: string,
  change: Updateable<SecurityGroupsTable>,
  nowMs: number,
): Promise<void> {
  const values = { ...change, ...nextRevision(nowMs) };
  await db.updateTable('security_groups').set(values).where('id', '=', id).execute();
}

/** Its rules, and rules elsewhere that name it, go with it. */
export async function deleteGroupRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('security_groups').where('id', '=', id).execute();
}

async function complete(db: Queries, rows: readonly Row[]): Promise<SecurityGroup[]> {
  const rules = await rulesOf(
    db,
    rows.map((row) => row.id),
  );
  const byGroup = Map.groupBy(rules, (rule) => rule.securityGroupId);
  return rows.map((row) => ({
    ...standardFromRow(row),
    name: row.name,
    stateful: row.stateful === 1,
    isDefault: row.default_of !== null && row.name === defaultGroupName,
    rules: byGroup.get(row.id) ?? [],
  }));
}
