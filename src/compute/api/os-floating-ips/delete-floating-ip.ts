import { endpoint } from '#compute/api/endpoint.ts';
import { floatingIpErrors } from './errors.ts';
import { floatingIpTarget } from './target.ts';

export const deleteFloatingIp = endpoint({
  method: 'DELETE',
  path: '/os-floating-ips/{floating_ip_id}',
  until: '2.35',
  summary: 'Gives a floating IP back.',
  requires: ['vpc:floatingIps:delete'],
  target: floatingIpTarget,
  status: 202,
  errors: [floatingIpErrors.notFound, floatingIpErrors.idMalformed],
  handle: (service, _call, floatingIp) => service.networks.proxies.floatingIps.delete(floatingIp),
});
