import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';

const closed = { additionalProperties: false };

export const listFloatingIpPools = endpoint({
  method: 'GET',
  path: '/os-floating-ip-pools',
  until: '2.35',
  summary: 'Lists the networks that lend floating IPs.',
  requires: ['vpc:floatingIps:list'],
  status: 200,
  response: Type.Object(
    { floating_ip_pools: Type.Array(Type.Object({ name: Type.String() }, closed)) },
    closed,
  ),
  handle: async (service) => {
    const pools = await service.networks.proxies.networks.external();
    return { floating_ip_pools: pools.map(({ id, name }) => ({ name: name || id })) };
  },
});
