import { endpoint } from '#compute/api/endpoint.ts';
import { floatingIpErrors } from './errors.ts';
import { floatingIpsAnswer, renderFloatingIps } from './wire.ts';

export const listFloatingIps = endpoint({
  method: 'GET',
  path: '/os-floating-ips',
  until: '2.35',
  summary: "Lists the project's floating IPs.",
  requires: ['vpc:floatingIps:list'],
  status: 200,
  response: floatingIpsAnswer,
  handle: async (service, { actor }) => {
    if (actor.projectId === null) throw floatingIpErrors.projectNeeded();
    const floatingIps = await service.networks.proxies.floatingIps.list(actor.projectId);
    return { floating_ips: await renderFloatingIps(service, floatingIps) };
  },
});
