import { Type } from 'typebox';
import type { NetworkSummary } from '#network/service.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';

/** Since the network service keeps networks, compute knows no more of them than their names. */
const nothing = [
  ...['cidr', 'netmask', 'gateway', 'broadcast', 'dns1', 'dns2'],
  ...['cidr_v6', 'gateway_v6', 'netmask_v6'],
] as const;

const nothingForAdmins = [
  ...['created_at', 'updated_at', 'deleted_at', 'deleted', 'injected', 'bridge', 'vlan'],
  ...['vpn_public_address', 'vpn_public_port', 'vpn_private_address', 'dhcp_start'],
  ...['project_id', 'host', 'bridge_interface', 'multi_host', 'priority', 'rxtx_base', 'mtu'],
  ...['dhcp_server', 'enable_dhcp', 'share_address'],
] as const;

const closed = { additionalProperties: false };
const text = Type.String();

export const networkSchema = Type.Object(
  {
    id: text,
    label: text,
    ...Object.fromEntries(nothing.map((name) => [name, Type.Null()])),
    ...Object.fromEntries(nothingForAdmins.map((name) => [name, Type.Optional(Type.Null())])),
  },
  closed,
);

export function renderNetwork(network: NetworkSummary, actor: Actor): object {
  const names = isAdmin(actor) ? [...nothing, ...nothingForAdmins] : nothing;
  const empty = Object.fromEntries(names.map((name) => [name, null]));
  return { id: network.id, label: network.name, ...empty };
}

export const tenantNetworkSchema = Type.Object({ id: text, label: text, cidr: text }, closed);

/** The text, because Nova has always written what it does not know this way. */
export function renderTenantNetwork(network: NetworkSummary): object {
  return { id: network.id, label: network.name, cidr: 'None' };
}
