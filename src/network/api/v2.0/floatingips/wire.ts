import { Type } from 'typebox';
import type { FloatingIp } from '../../../floating-ips/floating-ip.ts';
import { closed, standardShape, text, textOrNull } from '../../answers.ts';
import { renderStandard } from '../../standard.ts';

export const floatingIpSchema = Type.Object(
  {
    id: text,
    floating_network_id: text,
    floating_ip_address: text,
    fixed_ip_address: textOrNull,
    port_id: textOrNull,
    router_id: textOrNull,
    status: text,
    ...standardShape,
  },
  closed,
);

export function renderFloatingIp(floatingIp: FloatingIp): Record<string, unknown> {
  const { association } = floatingIp;
  return {
    id: floatingIp.id,
    floating_network_id: floatingIp.networkId,
    floating_ip_address: floatingIp.address,
    fixed_ip_address: association?.fixedAddress ?? null,
    port_id: association?.portId ?? null,
    router_id: association?.routerId ?? null,
    status: floatingIp.status,
    ...renderStandard(floatingIp),
  };
}
