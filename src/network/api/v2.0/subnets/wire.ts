import { Type } from 'typebox';
import type { Subnet } from '../../../subnets/subnet.ts';
import { boolean, closed, standardShape, text, textOrNull, texts } from '../../answers.ts';
import { renderStandard } from '../../standard.ts';

export const subnetSchema = Type.Object(
  {
    id: text,
    name: text,
    network_id: text,
    ip_version: Type.Enum([4, 6]),
    cidr: text,
    gateway_ip: textOrNull,
    enable_dhcp: boolean,
    allocation_pools: Type.Array(Type.Object({ start: text, end: text }, closed)),
    dns_nameservers: texts,
    host_routes: Type.Array(Type.Object({ destination: text, nexthop: text }, closed)),
    ipv6_ra_mode: textOrNull,
    ipv6_address_mode: textOrNull,
    subnetpool_id: Type.Null(),
    service_types: texts,
    ...standardShape,
  },
  closed,
);

export function renderSubnet(subnet: Subnet): Record<string, unknown> {
  return {
    id: subnet.id,
    name: subnet.name,
    network_id: subnet.networkId,
    ip_version: subnet.ipVersion,
    cidr: subnet.cidr,
    gateway_ip: subnet.gatewayIp,
    enable_dhcp: subnet.enableDhcp,
    allocation_pools: subnet.allocationPools,
    dns_nameservers: subnet.dnsNameservers,
    host_routes: subnet.hostRoutes,
    ipv6_ra_mode: subnet.ipv6RaMode,
    ipv6_address_mode: subnet.ipv6AddressMode,
    subnetpool_id: null,
    service_types: [],
    ...renderStandard(subnet),
  };
}
