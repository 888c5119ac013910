import { endpoint } from '#compute/api/endpoint.ts';
import { floatingIpErrors } from './errors.ts';
import { floatingIpTarget } from './target.ts';
import { floatingIpAnswer, renderFloatingIps } from './wire.ts';

export const showFloatingIp = endpoint({
  method: 'GET',
  path: '/os-floating-ips/{floating_ip_id}',
  until: '2.35',
  summary: 'Shows a floating IP.',
  requires: ['vpc:floatingIps:get'],
  target: floatingIpTarget,
  status: 200,
  response: floatingIpAnswer,
  errors: [floatingIpErrors.notFound, floatingIpErrors.idMalformed],
  handle: async (service, _call, floatingIp) => {
    const [rendered] = await renderFloatingIps(service, [floatingIp]);
    return { floating_ip: rendered };
  },
});
