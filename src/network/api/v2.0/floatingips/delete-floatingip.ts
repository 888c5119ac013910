import { deleteFloatingIp } from '../../../floating-ips/delete.ts';
import { floatingErrors } from '../../../floating-ips/errors.ts';
import { endpoint } from '../../endpoint.ts';
import { floatingIpTarget } from './target.ts';

export const deleteFloatingIpEndpoint = endpoint({
  method: 'DELETE',
  path: '/floatingips/{floatingip_id}',
  summary: 'Gives the address back.',
  requires: ['vpc:floatingIps:delete'],
  status: 204,
  errors: [floatingErrors.notFound],
  target: floatingIpTarget,
  handle: ({ context }, _call, floatingIp) => deleteFloatingIp(context, floatingIp),
});
