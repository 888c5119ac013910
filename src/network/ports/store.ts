import type { Insertable, Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import { preparedForList } from '#db/prepared.ts';
import type { PortsTable } from '#db/schema/network.ts';
import type { ListScope } from '#policy/engine.ts';
import type { ListQuery } from '../listing/query.ts';
import { type Condition, everything, listRows } from '../listing/store.ts';
import { nextRevision } from '../revisions/store.ts';
import { standardFromRow } from '../standard.ts';
import { portFilters } from './listing/store.ts';
import { type Port, serviceOwner } from './port.ts';

type Row = Selectable<PortsTable>;

function visibleTo(scope: ListScope): Condition {
  if (scope.everyProject) return everything;
  const projectId = scope.projectId ?? '';
  const onOwnNetwork = sql`network_id in (select id from networks where project_id = ${projectId})`;
  return sql`(project_id = ${projectId} or ${onOwnNetwork})`;
}

export async function listPorts(db: Queries, scope: ListScope, query: ListQuery): Promise<Port[]> {
  return complete(db, await listRows(db, 'ports', portFilters, visibleTo(scope), query));
}

export async function findPort(db: Queries, id: string): Promise<Port | undefined> {
  return (await findPorts(db, [id]))[0];
}

const selectPorts = preparedForList((db, ids) =>
  db.selectFrom('ports').selectAll().where('id', 'in', ids),
);

/** @param ids at most 1,000. */
export async function findPorts(db: Queries, ids: readonly string[]): Promise<Port[]> {
  return complete(db, await selectPorts(db, ids));
}

/** The port that hands out addresses on a network, if any of its subnets wants that. */
export async function findDhcpPort(db: Queries, networkId: string): Promise<Port | undefined> {
  const rows = await db
    .selectFrom('ports')
    .selectAll()
    .where('device_id', '=', dhcpDeviceId(networkId))
    .where('device_owner', '=', serviceOwner.dhcp)
    .execute();
  // Compared here: as a condition it would lead SQLite to read every port of the network.
  const own = rows.filter((row) => row.network_id === networkId);
  return (await complete(db, own))[0];
}

export function dhcpDeviceId(networkId: string): string {
  return `dhcp-${networkId}`;
}

/** Ports on a network that one part of the cloud has made, oldest first. */
export async function portsOnNetwork(
  db: Queries,
  networkId: string,
  deviceOwner: string,
): Promise<Port[]> {
  const rows = await db
    .selectFrom('ports')
    .selectAll()
    .where('network_id', '=', networkId)
    .where('device_owner', '=', deviceOwner)
    .orderBy('created_ms')
    .orderBy('id')
    .execute();
  return complete(db, rows);
}

/** Ids of the ports of one device, of one kind. */
export async function portsOfDevice(
  db: Queries,
  deviceId: string,
  deviceOwner: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('ports')
    .select('id')
    .where('device_id', '=', deviceId)
    .where('device_owner', '=', deviceOwner)
    .execute();
  return rows.map((row) => row.id);
}

/** Interfaces and gateways of routers, oldest first. */
export async function routerPorts(db: Queries, routerIds: readonly string[]): Promise<Port[]> {
  if (routerIds.length === 0) return [];
  const rows = await db
    .selectFrom('ports')
    .selectAll()
    .where('device_id', 'in', routerIds)
    .where('device_owner', 'in', [serviceOwner.routerInterface, serviceOwner.routerGateway])
    .orderBy('created_ms')
    .orderBy('id')
    .execute();
  return complete(db, rows);
}

export async function portsOfServers(db: Queries, serverIds: readonly string[]): Promise<Port[]> {
  if (serverIds.length === 0) return [];
  const rows = await db
    .selectFrom('ports')
    .selectAll()
    .where('server_id', 'in', serverIds)
    .orderBy('server_id')
    .orderBy('server_index')
    .execute();
  return complete(db, rows);
}

/** Ids of all ports that servers have: those that may be plugged somewhere. */
export async function serverPortIds(db: Queries): Promise<string[]> {
  const rows = await db
    .selectFrom('ports')
    .select('id')
    .where('server_id', 'is not', null)
    .execute();
  return rows.map((row) => row.id);
}

/** Whether anything but our own DHCP port is on the network. */
export async function hasForeignPorts(db: Queries, networkId: string): Promise<boolean> {
  const row = await db
    .selectFrom('ports')
    .select('id')
    .where('network_id', '=', networkId)
    .where('device_owner', '!=', serviceOwner.dhcp)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a project other than the owner has ports there, which keeps a network shared. */
export async function hasPortsOfOthers(
  db: Queries,
  networkId: string,
  projectId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('ports')
    .select('id')
    .where('network_id', '=', networkId)
    .where('project_id', 'not in', [projectId, ''])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function isMacTaken(
  db: Queries,
  networkId: string,
  mac: string,
  exceptPortId = '',
): Promise<boolean> {
  const row = await db
    .selectFrom('ports')
    .select('id')
    .where('network_id', '=', networkId)
    .where('mac_address', '=', mac)
    .where('id', '!=', exceptPortId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertPort(db: Queries, row: Insertable<PortsTable>): Promise<void> {
  await db.insertInto('ports').values(row).execute();
}

export async function updatePortRow(
  db: Queries,
  id: string,
  change: Updateable<PortsTable>,
  nowMs: number,
): Promise<void> {
  const values = { ...change, ...nextRevision(nowMs) };
  await db.updateTable('ports').set(values).where('id', '=', id).execute();
}

/** Addresses and memberships of groups go with them. */
export async function deletePortRows(db: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('ports').where('id', 'in', ids).execute();
}

/** @returns false when there is no such port any more, or it has that status already. */
export async function setStatus(db: Queries, id: string, status: string): Promise<boolean> {
  const result = await db
    .updateTable('ports')
    .set({ status })
    .where('id', '=', id)
    .where('status', '!=', status)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

export async function setPortGroups(
  db: Queries,
  portId: string,
  groupIds: readonly string[],
): Promise<void> {
  await db.deleteFrom('port_security_groups').where('port_id', '=', portId).execute();
  if (groupIds.length === 0) return;
  const rows = groupIds.map((id, position) => ({
    port_id: portId,
    security_group_id: id,
    position,
  }));
  await db.insertInto('port_security_groups').values(rows).execute();
}

const selectAddresses = preparedForList((db, portIds) =>
  db
    .selectFrom('port_addresses')
    .select(['port_id', 'subnet_id', 'address'])
    .where('port_id', 'in', portIds)
    .orderBy('position'),
);

const selectGroups = preparedForList((db, portIds) =>
  db
    .selectFrom('port_security_groups')
    .select(['port_id', 'security_group_id'])
    .where('port_id', 'in', portIds)
    .orderBy('position'),
);

const selectOwners = preparedForList((db, networkIds) =>
  db.selectFrom('networks').select(['id', 'project_id']).where('id', 'in', networkIds),
);

async function complete(db: Queries, rows: readonly Row[]): Promise<Port[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const addresses = await selectAddresses(db, ids);
  const groups = await selectGroups(db, ids);
  const networks = await selectOwners(db, [...new Set(rows.map((row) => row.network_id))]);
  const addressesOf = Map.groupBy(addresses, (address) => address.port_id);
  const groupsOf = Map.groupBy(groups, (group) => group.port_id);
  const projectOf = new Map(networks.map((network) => [network.id, network.project_id]));
  return rows.map((row) => ({
    ...fromRow(row),
    networkProjectId: projectOf.get(row.network_id) ?? '',
    fixedIps: (addressesOf.get(row.id) ?? []).map((one) => ({
      subnetId: one.subnet_id,
      address: one.address,
    })),
    securityGroupIds: (groupsOf.get(row.id) ?? []).map((group) => group.security_group_id),
  }));
}

function fromRow(row: Row): Omit<Port, 'fixedIps' | 'securityGroupIds' | 'networkProjectId'> {
  return {
    ...standardFromRow(row),
    networkId: row.network_id,
    name: row.name,
    adminStateUp: row.admin_state_up === 1,
    macAddress: row.mac_address,
    status: row.status,
    deviceId: row.device_id,
    deviceOwner: row.device_owner,
    hostId: row.host_id,
    vnicType: row.vnic_type,
    bindingProfile: JSON.parse(row.binding_profile),
    portSecurityEnabled: row.port_security_enabled === 1,
    allowedAddressPairs: JSON.parse(row.allowed_address_pairs),
    dnsName: row.dns_name,
    serverId: row.server_id,
    serverIndex: row.server_index,
    madeForServer: row.made_for_server === 1,
    nicTag: row.nic_tag ?? null,
  };
}
