import type { Insertable, Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import { preparedForList } from '#db/prepared.ts';
import type { NetworksTable } from '#db/schema/network.ts';
import type { ListScope } from '#policy/engine.ts';
import type { ListQuery } from '../listing/query.ts';
import {
  alwaysFalse,
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
import type { Network } from './network.ts';

type Row = Selectable<NetworksTable>;

export const networkFilters: Filters = {
  ...standardFilters,
  name: text('name'),
  status: text('status'),
  admin_state_up: boolean('admin_state_up'),
  shared: boolean('shared'),
  'router:external': boolean('external'),
  mtu: integer('mtu'),
  port_security_enabled: boolean('port_security_enabled'),
  is_default: alwaysFalse,
  'provider:network_type': condition((values) => (values.includes('local') ? everything : nothing)),
  'provider:physical_network': condition(() => nothing),
  'provider:segmentation_id': condition(() => nothing),
};

function visibleTo(scope: ListScope): Condition {
  if (scope.everyProject) return everything;
  return sql`(project_id = ${scope.projectId ?? ''} or shared = 1 or external = 1)`;
}

export async function listNetworks(
  db: Queries,
  scope: ListScope,
  query: ListQuery,
): Promise<Network[]> {
  return complete(db, await listRows(db, 'networks', networkFilters, visibleTo(scope), query));
}

export async function findNetwork(db: Queries, id: string): Promise<Network | undefined> {
  return (await findNetworks(db, [id]))[0];
}

const selectNetworks = preparedForList((db, ids) =>
  db.selectFrom('networks').selectAll().where('id', 'in', ids),
);

export async function findNetworks(db: Queries, ids: readonly string[]): Promise<Network[]> {
  return complete(db, await selectNetworks(db, ids));
}

/** Networks on which a server may be put that names none: own and shared ones, with subnets. */
export async function listAttachable(db: Queries, projectId: string): Promise<Network[]> {
  const rows = await db
    .selectFrom('networks')
    .selectAll()
    .where((where) => where.or([where('project_id', '=', projectId), where('shared', '=', 1)]))
    .where('external', '=', 0)
    .where('admin_state_up', '=', 1)
    .where((where) =>
      where.exists(
        where
          .selectFrom('subnets')
          .select('subnets.id')
          .whereRef('subnets.network_id', '=', 'networks.id'),
      ),
    )
    .orderBy('created_ms')
    .orderBy('id')
    .execute();
  return complete(db, rows);
}

/** What a project may name: its own networks and shared ones, oldest first. */
export async function listUsable(db: Queries, projectId: string): Promise<Network[]> {
  const rows = await db
    .selectFrom('networks')
    .selectAll()
    .where((where) => where.or([where('project_id', '=', projectId), where('shared', '=', 1)]))
    .orderBy('created_ms')
    .orderBy('id')
    .execute();
  return complete(db, rows);
}

/** Networks that lead out of the cloud, oldest first. */
export async function listExternal(db: Queries): Promise<Network[]> {
  const rows = await db
    .selectFrom('networks')
    .selectAll()
    .where('external', '=', 1)
    .orderBy('created_ms')
    .orderBy('id')
    .execute();
  return complete(db, rows);
}

export async function insertNetwork(db: Queries, row: Insertable<NetworksTable>): Promise<void> {
  await db.insertInto('networks').values(row).execute();
}

export async function updateNetworkRow(
  db: Queries,
  id: string,
  change: Updateable<NetworksTable>,
  nowMs: number,
): Promise<void> {
  const values = { ...change, ...nextRevision(nowMs) };
  await db.updateTable('networks').set(values).where('id', '=', id).execute();
}

export async function deleteNetworkRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('networks').where('id', '=', id).execute();
}

export async function allNetworkIds(db: Queries): Promise<string[]> {
  const rows = await db.selectFrom('networks').select('id').orderBy('created_ms').execute();
  return rows.map((row) => row.id);
}

const selectSubnets = preparedForList((db, networkIds) =>
  db
    .selectFrom('subnets')
    .select(['id', 'network_id'])
    .where('network_id', 'in', networkIds)
    .orderBy('created_ms')
    .orderBy('id'),
);

async function complete(db: Queries, rows: readonly Row[]): Promise<Network[]> {
  const subnets = await selectSubnets(
    db,
    rows.map((row) => row.id),
  );
  const byNetwork = Map.groupBy(subnets, (subnet) => subnet.network_id);
  return rows.map((row) => ({
    ...standardFromRow(row),
    name: row.name,
    adminStateUp: row.admin_state_up === 1,
    shared: row.shared === 1,
    external: row.external === 1,
    mtu: row.mtu,
    portSecurityEnabled: row.port_security_enabled === 1,
    status: row.status,
    subnetIds: (byNetwork.get(row.id) ?? []).map((subnet) => subnet.id),
  }));
}
