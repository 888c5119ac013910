import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Network } from '../../../networks/network.ts';
import { renderStandard } from '../../standard.ts';
import { zoneNames } from '../../values.ts';

export function renderNetwork(network: Network, actor: Actor): Record<string, unknown> {
  return {
    id: network.id,
    name: network.name,
    admin_state_up: network.adminStateUp,
    status: network.status,
    shared: network.shared,
    subnets: network.subnetIds,
    'router:external': network.external,
    mtu: network.mtu,
    port_security_enabled: network.portSecurityEnabled,
    availability_zones: zoneNames,
    availability_zone_hints: [],
    ...renderStandard(network),
    // How the cloud carries a network is for those who run it.
    ...(isAdmin(actor) && {
      'provider:network_type': 'local',
      'provider:physical_network': null,
      'provider:segmentation_id': null,
    }),
  };
}
