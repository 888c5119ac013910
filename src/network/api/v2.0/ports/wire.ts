import { Type } from 'typebox';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Port } from '../../../ports/port.ts';
import { boolean, closed, fixedIp, standardShape, text, texts } from '../../answers.ts';
import { renderStandard } from '../../standard.ts';

const addressPair = Type.Object({ ip_address: text, mac_address: text }, closed);

/** What only administrators see is optional. */
export const portSchema = Type.Object(
  {
    id: text,
    name: text,
    network_id: text,
    admin_state_up: boolean,
    status: text,
    mac_address: text,
    fixed_ips: Type.Array(fixedIp),
    device_id: text,
    device_owner: text,
    security_groups: texts,
    port_security_enabled: boolean,
    allowed_address_pairs: Type.Array(addressPair),
    dns_name: text,
    'binding:vnic_type': text,
    ...standardShape,
    'binding:host_id': Type.Optional(text),
    'binding:profile': Type.Optional(Type.Object({})),
    'binding:vif_type': Type.Optional(text),
    'binding:vif_details': Type.Optional(
      Type.Object({ port_filter: Type.Optional(boolean) }, closed),
    ),
  },
  closed,
);

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
