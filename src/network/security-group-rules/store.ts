import type { Insertable, Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import { preparedForList } from '#db/prepared.ts';
import type { SecurityGroupRulesTable } from '#db/schema/network.ts';
import type { ListScope } from '#policy/engine.ts';
import type { ListQuery } from '../listing/query.ts';
import {
  type Filters,
  integer,
  listRows,
  ownedIn,
  standardFilters,
  text,
} from '../listing/store.ts';
import { standardFromRow } from '../standard.ts';
import type { SecurityGroupRule } from './rule.ts';

type Row = Selectable<SecurityGroupRulesTable>;

export const ruleFilters: Filters = {
  ...standardFilters,
  security_group_id: text('security_group_id'),
  remote_group_id: text('remote_group_id'),
  remote_ip_prefix: text('remote_ip_prefix'),
  normalized_cidr: text('normalized_cidr'),
  direction: text('direction'),
  ethertype: text('ethertype'),
  protocol: text('protocol'),
  port_range_min: integer('port_range_min'),
  port_range_max: integer('port_range_max'),
};

export async function listRules(
  db: Queries,
  scope: ListScope,
  query: ListQuery,
): Promise<SecurityGroupRule[]> {
  const rows = await listRows(db, 'security_group_rules', ruleFilters, ownedIn(scope), query);
  return rows.map(fromRow);
}

export async function findRule(db: Queries, id: string): Promise<SecurityGroupRule | undefined> {
  const row = await db
    .selectFrom('security_group_rules')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fromRow(row);
}

const selectRules = preparedForList((db, groupIds) =>
  db
    .selectFrom('security_group_rules')
    .selectAll()
    .where('security_group_id', 'in', groupIds)
    .orderBy('created_ms')
    .orderBy('id'),
);

export async function rulesOf(
  db: Queries,
  groupIds: readonly string[],
): Promise<SecurityGroupRule[]> {
  return (await selectRules(db, groupIds)).map(fromRow);
}

/** The rule of that group that lets the same through, if there is one. */
export async function findSame(
  db: Queries,
  groupId: string,
  meaning: string,
): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('security_group_rules')
    .select('id')
    .where('security_group_id', '=', groupId)
    .where('meaning', '=', meaning)
    .executeTakeFirst();
}

/** Groups whose rules name one of these groups as the other side. */
export async function groupsThatName(
  db: Queries,
  remoteGroupIds: readonly string[],
): Promise<string[]> {
  if (remoteGroupIds.length === 0) return [];
  const rows = await db
    .selectFrom('security_group_rules')
    .select('security_group_id')
    .distinct()
    .where('remote_group_id', 'in', remoteGroupIds)
    .execute();
  return rows.map((row) => row.security_group_id);
}

export async function insertRules(
  db: Queries,
  rows: readonly Insertable<SecurityGroupRulesTable>[],
): Promise<void> {
  await db.insertInto('security_group_rules').values(rows).execute();
}

export async function deleteRule(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('security_group_rules').where('id', '=', id).execute();
}

function fromRow(row: Row): SecurityGroupRule {
  return {
    ...standardFromRow(row),
    securityGroupId: row.security_group_id,
    direction: row.direction === 'egress' ? 'egress' : 'ingress',
    ethertype: row.ethertype === 'IPv6' ? 'IPv6' : 'IPv4',
    protocol: row.protocol,
    portRangeMin: row.port_range_min,
    portRangeMax: row.port_range_max,
    remoteGroupId: row.remote_group_id,
    remoteIpPrefix: row.remote_ip_prefix,
    normalizedCidr: row.normalized_cidr,
  };
}
