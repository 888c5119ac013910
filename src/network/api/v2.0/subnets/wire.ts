import type { Subnet } from '../../../subnets/subnet.ts';
import { renderStandard } from '../../standard.ts';

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
