import type { Insertable, Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import { preparedForList } from '#db/prepared.ts';
import type { SubnetsTable } from '#db/schema/network.ts';
import type { ListScope } from '#policy/engine.ts';
import type { ListQuery } from '../listing/query.ts';
import {
  boolean,
  type Condition,
  condition,
  everything,
  type Filters,
  integer,
  listRows,
  nothing,
  standardFilters,
  text,
} from '../listing/store.ts';
import { nextRevision } from '../revisions/store.ts';
import { standardFromRow } from '../standard.ts';
import type { Subnet } from './subnet.ts';

type Row = Selectable<SubnetsTable>;

export const subnetFilters: Filters = {
  ...standardFilters,
  name: text('name'),
  network_id: text('network_id'),
  ip_version: integer('ip_version'),
  cidr: text('cidr'),
  gateway_ip: text('gateway_ip'),
  enable_dhcp: boolean('enable_dhcp'),
  ipv6_ra_mode: text('ipv6_ra_mode'),
  ipv6_address_mode: text('ipv6_address_mode'),
  // No subnet comes from a pool, so that only the empty value matches.
  subnetpool_id: condition((values) => (values.includes('') ? everything : nothing)),
  shared: condition(networkSharedIs),
};

function networkSharedIs(values: readonly string[]): Condition {
  const wanted = values.map((value) => (/^(true|1)$/i.test(value) ? 1 : 0));
  if (wanted.length === 0) return nothing;
  return sql`network_id in (select id from networks where shared in (${sql.join(wanted)}))`;
}

function visibleTo(scope: ListScope): Condition {
  if (scope.everyProject) return everything;
  const own = sql`project_id = ${scope.projectId ?? ''}`;
  return sql`(${own} or network_id in (select id from networks where shared = 1))`;
}

export async function listSubnets(
  db: Queries,
  scope: ListScope,
  query: ListQuery,
): Promise<Subnet[]> {
  return complete(db, await listRows(db, 'subnets', subnetFilters, visibleTo(scope), query));
}

export async function findSubnet(db: Queries, id: string): Promise<Subnet | undefined> {
  const rows = await db.selectFrom('subnets').selectAll().where('id', '=', id).execute();
  return (await complete(db, rows))[0];
}

const selectSubnets = preparedForList((db, networkIds) =>
  db
    .selectFrom('subnets')
    .selectAll()
    .where('network_id', 'in', networkIds)
    .orderBy('created_ms')
    .orderBy('id'),
);

/** Of some networks, oldest first: the order in which ports take their addresses. */
export async function subnetsOf(db: Queries, networkIds: readonly string[]): Promise<Subnet[]> {
  return complete(db, await selectSubnets(db, networkIds));
}

export async function insertSubnet(db: Queries, row: Insertable<SubnetsTable>): Promise<void> {
  await db.insertInto('subnets').values(row).execute();
}

export async function updateSubnetRow(
  db: Queries,
  id: string,
  change: Updateable<SubnetsTable>,
  nowMs: number,
): Promise<void> {
  const values = { ...change, ...nextRevision(nowMs) };
  await db.updateTable('subnets').set(values).where('id', '=', id).execute();
}

export async function deleteSubnetRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('subnets').where('id', '=', id).execute();
}

const selectShared = preparedForList((db, networkIds) =>
  db.selectFrom('networks').select('id').where('id', 'in', networkIds).where('shared', '=', 1),
);

async function complete(db: Queries, rows: readonly Row[]): Promise<Subnet[]> {
  const networkIds = [...new Set(rows.map((row) => row.network_id))];
  const shared = await selectShared(db, networkIds);
  const sharedIds = new Set(shared.map((network) => network.id));
  return rows.map((row) => ({
    ...standardFromRow(row),
    networkId: row.network_id,
    networkShared: sharedIds.has(row.network_id),
    name: row.name,
    ipVersion: row.ip_version === 6 ? 6 : 4,
    cidr: row.cidr,
    gatewayIp: row.gateway_ip,
    enableDhcp: row.enable_dhcp === 1,
    allocationPools: JSON.parse(row.allocation_pools),
    dnsNameservers: JSON.parse(row.dns_nameservers),
    hostRoutes: JSON.parse(row.host_routes),
    ipv6RaMode: row.ipv6_ra_mode,
    ipv6AddressMode: row.ipv6_address_mode,
  }));
}
