import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { RoutersTable } from '#db/schema/network.ts';
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
import { serviceOwner } from '../ports/port.ts';
import { routerPorts } from '../ports/store.ts';
import { nextRevision } from '../revisions/store.ts';
import { standardFromRow } from '../standard.ts';
import type { Router } from './router.ts';

type Row = Selectable<RoutersTable>;

export const routerFilters: Filters = {
  ...standardFilters,
  name: text('name'),
  status: text('status'),
  admin_state_up: boolean('admin_state_up'),
  // Only routers spread over several hosts would be either.
  ha: alwaysFalse,
  distributed: alwaysFalse,
};

export async function listRouters(
  db: Queries,
  scope: ListScope,
  query: ListQuery,
): Promise<Router[]> {
  return complete(db, await listRows(db, 'routers', routerFilters, ownedIn(scope), query));
}

export async function findRouter(db: Queries, id: string): Promise<Router | undefined> {
  const rows = await db.selectFrom('routers').selectAll().where('id', '=', id).execute();
  return (await complete(db, rows))[0];
}

export async function allRouterIds(db: Queries): Promise<string[]> {
  const rows = await db.selectFrom('routers').select('id').orderBy('created_ms').execute();
  return rows.map((row) => row.id);
}

/** Whether any router leads out through the network. */
export async function gatewayExistsOn(db: Queries, networkId: string): Promise<boolean> {
  const row = await db
    .selectFrom('routers')
    .select('id')
    .where('external_network_id', '=', networkId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Routers that have an interface or their gateway on the network. */
export async function routersOn(db: Queries, networkId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('ports')
    .select('device_id')
    .distinct()
    .where('network_id', '=', networkId)
    .where('device_owner', 'in', [serviceOwner.routerInterface, serviceOwner.routerGateway])
    .execute();
  return rows.map((row) => row.device_id);
}

export async function insertRouter(db: Queries, row: Insertable<RoutersTable>): Promise<void> {
  await db.insertInto('routers').values(row).execute();
}

export async function updateRouterRow(
  db: Queries,
  id: string,
  change: Updateable<RoutersTable>,
  nowMs: number,
): Promise<void> {
  const values = { ...change, ...nextRevision(nowMs) };
  await db.updateTable('routers').set(values).where('id', '=', id).execute();
}

export async function deleteRouterRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('routers').where('id', '=', id).execute();
}

async function complete(db: Queries, rows: readonly Row[]): Promise<Router[]> {
  const withGateway = rows.filter((row) => row.external_network_id !== null);
  const ports = await routerPorts(
    db,
    withGateway.map((row) => row.id),
  );
  const gateways = new Map(
    ports
      .filter((port) => port.deviceOwner === serviceOwner.routerGateway)
      .map((port) => [port.deviceId, port]),
  );
  return rows.map((row) => ({
    ...standardFromRow(row),
    name: row.name,
    adminStateUp: row.admin_state_up === 1,
    status: row.status,
    externalGateway:
      row.external_network_id === null
        ? null
        : {
            networkId: row.external_network_id,
            enableSnat: row.enable_snat === 1,
            fixedIps: gateways.get(row.id)?.fixedIps ?? [],
          },
  }));
}
