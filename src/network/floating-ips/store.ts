import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { FloatingIpsTable } from '#db/schema/network.ts';
import type { ListScope } from '#policy/engine.ts';
import type { ListQuery } from '../listing/query.ts';
import { type Filters, listRows, ownedIn, standardFilters, text } from '../listing/store.ts';
import { nextRevision } from '../revisions/store.ts';
import { standardFromRow } from '../standard.ts';
import type { FloatingIp } from './floating-ip.ts';

type Row = Selectable<FloatingIpsTable>;

export const floatingIpFilters: Filters = {
  ...standardFilters,
  status: text('status'),
  floating_network_id: text('network_id'),
  floating_ip_address: text('address'),
  port_id: text('fixed_port_id'),
  fixed_ip_address: text('fixed_address'),
  router_id: text('router_id'),
};

export async function listFloatingIps(
  db: Queries,
  scope: ListScope,
  query: ListQuery,
): Promise<FloatingIp[]> {
  const rows = await listRows(db, 'floating_ips', floatingIpFilters, ownedIn(scope), query);
  return rows.map(fromRow);
}

export async function findFloatingIp(db: Queries, id: string): Promise<FloatingIp | undefined> {
  const row = await db
    .selectFrom('floating_ips')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fromRow(row);
}

/** A project's floating IPs, oldest first; one address may stand on several networks. */
export async function projectFloatingIps(db: Queries, projectId: string): Promise<FloatingIp[]> {
  const rows = await db
    .selectFrom('floating_ips')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_ms')
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

export async function floatingIpsOfPorts(
  db: Queries,
  portIds: readonly string[],
): Promise<FloatingIp[]> {
  if (portIds.length === 0) return [];
  const rows = await db
    .selectFrom('floating_ips')
    .selectAll()
    .where('fixed_port_id', 'in', portIds)
    .execute();
  return rows.map(fromRow);
}

/** Those that are translated at a router. */
export async function floatingIpsOfRouter(db: Queries, routerId: string): Promise<FloatingIp[]> {
  const rows = await db
    .selectFrom('floating_ips')
    .selectAll()
    .where('router_id', '=', routerId)
    .where('fixed_port_id', 'is not', null)
    .orderBy('address')
    .execute();
  return rows.map(fromRow);
}

export async function insertFloatingIp(
  db: Queries,
  row: Insertable<FloatingIpsTable>,
): Promise<void> {
  await db.insertInto('floating_ips').values(row).execute();
}

export async function updateFloatingIpRow(
  db: Queries,
  id: string,
  change: Updateable<FloatingIpsTable>,
  nowMs: number,
): Promise<void> {
  const values = { ...change, ...nextRevision(nowMs) };
  await db.updateTable('floating_ips').set(values).where('id', '=', id).execute();
}

/** What the reconciler found out; no new revision. */
export async function setFloatingStatus(
  db: Queries,
  routerId: string,
  status: string,
): Promise<void> {
  await db
    .updateTable('floating_ips')
    .set({ status })
    .where('router_id', '=', routerId)
    .where('fixed_port_id', 'is not', null)
    .where('status', '!=', status)
    .execute();
}

export async function deleteFloatingIpRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('floating_ips').where('id', '=', id).execute();
}

function fromRow(row: Row): FloatingIp {
  const { fixed_port_id: portId, fixed_address: fixedAddress, router_id: routerId } = row;
  const isWhole = portId !== null && fixedAddress !== null && routerId !== null;
  return {
    ...standardFromRow(row),
    networkId: row.network_id,
    address: row.address,
    association: isWhole ? { portId, fixedAddress, routerId } : null,
    status: row.status,
  };
}
