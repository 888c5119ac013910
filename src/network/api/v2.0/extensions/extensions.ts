import { Type } from 'typebox';
import { isoSeconds } from '#base/clock.ts';
import { closed, text } from '../../answers.ts';

export const extensionSchema = Type.Object(
  {
    alias: text,
    name: text,
    description: text,
    updated: text,
    links: Type.Array(Type.Unknown(), { maxItems: 0 }),
  },
  closed,
);

/** An extension of Neutron's API whose attributes or resources are served here. */
export interface Extension {
  alias: string;
  name: string;
  description: string;
}

const rows: readonly [alias: string, name: string, description: string][] = [
  ['allowed-address-pairs', 'Allowed Address Pairs', 'Further sources that a port may use.'],
  ['availability_zone', 'Availability Zone', 'The zones of the cloud.'],
  ['binding', 'Port Binding', 'Where and how a port is plugged.'],
  ['external-net', 'Neutron external network', 'Networks that lead out of the cloud.'],
  ['filter-validation', 'Filter parameters validation', 'Unknown filters are refused.'],
  ['ip-substring-filtering', 'IP address substring filtering', 'Ports by a part of an address.'],
  ['net-mtu', 'Network MTU', 'The largest frame of a network.'],
  ['net-mtu-writable', 'Network MTU (writable)', 'The largest frame may be chosen.'],
  ['network_availability_zone', 'Network Availability Zone', 'The zones of a network.'],
  ['pagination', 'Pagination support', 'Lists come in pages.'],
  ['port-security', 'Port Security', 'Spoofing protection and rules can be switched off.'],
  ['project-id', 'project_id field enabled', 'Projects are called so.'],
  ['provider', 'Provider Network', 'How a network is carried.'],
  ['quota_details', 'Quota details management support', 'What of a quota is used.'],
  ['quotas', 'Quota management support', 'What a project may have.'],
  ['router', 'Neutron L3 Router', 'Routers between networks and outwards.'],
  ['router_availability_zone', 'Router Availability Zone', 'The zones of a router.'],
  ['ext-gw-mode', 'Neutron L3 Configurable external gateway mode', 'Source NAT may be off.'],
  ['security-group', 'security-group', 'Rules that say what reaches a port.'],
  ['security-groups-normalized-cidr', 'Normalized CIDR', 'Prefixes without host bits.'],
  ['sorting', 'Sorting support', 'Lists come in a wanted order.'],
  ['standard-attr-description', 'standard-attr-description', 'A description of everything.'],
  ['standard-attr-revisions', 'Resource revision numbers', 'How often something changed.'],
  ['standard-attr-timestamp', 'Resource timestamps', 'When something was made and changed.'],
];

export const extensions: readonly Extension[] = rows.map(([alias, name, description]) => ({
  alias,
  name,
  description,
}));

export function renderExtension(extension: Extension): Record<string, unknown> {
  return { ...extension, updated: isoSeconds(Date.UTC(2026, 0, 1)), links: [] };
}
