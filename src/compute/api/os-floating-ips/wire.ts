import { Type } from 'typebox';
import type { ComputeService } from '#compute/service.ts';
import { Wire } from '#endpoints/wire.ts';
import type { FloatingIp, FloatingIpView } from '#network/service.ts';

const text = Type.String();
const textOrNull = Type.Union([text, Type.Null()]);
const closed = { additionalProperties: false };

export const floatingIpWire = new Wire<FloatingIpView, null>([
  { name: 'id', schema: text, value: ({ floatingIp }) => floatingIp.id },
  { name: 'ip', schema: text, value: ({ floatingIp }) => floatingIp.address },
  { name: 'pool', schema: text, value: ({ poolName }) => poolName },
  {
    name: 'fixed_ip',
    schema: textOrNull,
    value: ({ floatingIp }) => floatingIp.association?.fixedAddress ?? null,
  },
  { name: 'instance_id', schema: textOrNull, value: ({ serverId }) => serverId },
]);

export const floatingIpAnswer = Type.Object({ floating_ip: floatingIpWire.schema }, closed);
export const floatingIpsAnswer = Type.Object(
  { floating_ips: Type.Array(floatingIpWire.schema) },
  closed,
);

export async function renderFloatingIps(
  service: ComputeService,
  floatingIps: readonly FloatingIp[],
): Promise<object[]> {
  const views = await service.networks.proxies.floatingIps.views(floatingIps);
  return views.map((view) => floatingIpWire.render(view, { major: 2, minor: 1 }, null));
}
