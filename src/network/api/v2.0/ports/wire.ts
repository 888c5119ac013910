import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Port } from '../../../ports/port.ts';
import { renderStandard } from '../../standard.ts';

export function renderPort(port: Port, actor: Actor): Record<string, unknown> {
  return {
    id: port.id,
    name: port.name,
    network_id: port.networkId,
    admin_state_up: port.adminStateUp,
    status: port.status,
    mac_address: port.macAddress,
    fixed_ips: port.fixedIps.map(({ subnetId, address }) => ({
      subnet_id: subnetId,
      ip_address: address,
    })),
    device_id: port.deviceId,
    device_owner: port.deviceOwner,
    security_groups: port.securityGroupIds,
    port_security_enabled: port.portSecurityEnabled,
    allowed_address_pairs: port.allowedAddressPairs.map((pair) => ({
      ip_address: pair.ip_address,
      mac_address: pair.mac_address ?? port.macAddress,
    })),
    dns_name: port.dnsName,
    'binding:vnic_type': port.vnicType,
    ...renderStandard(port),
    // Where and how a port is plugged is for those who run the cloud.
    ...(isAdmin(actor) && {
      'binding:host_id': port.hostId,
      'binding:profile': port.bindingProfile,
      'binding:vif_type': port.serverId === null ? 'unbound' : 'bridge',
      'binding:vif_details': port.serverId === null ? {} : { port_filter: true },
    }),
  };
}
