import { Type } from 'typebox';
import type { FloatingIp } from '../../../floating-ips/floating-ip.ts';
import { renderStandard } from '../../standard.ts';

const text = Type.String();
const textOrNull = Type.Union([text, Type.Null()]);

export const floatingIpSchema = Type.Object({
  id: text,
  floating_network_id: text,
  floating_ip_address: text,
  fixed_ip_address: textOrNull,
  port_id: textOrNull,
  router_id: textOrNull,
  status: text,
  project_id: text,
  tenant_id: text,
  description: text,
  revision_number: Type.Integer(),
  created_at: text,
  updated_at: text,
  tags: Type.Array(text),
});

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
