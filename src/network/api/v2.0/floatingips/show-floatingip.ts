import { floatingErrors } from '../../../floating-ips/errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { floatingIpTarget } from './target.ts';
import { floatingIpSchema, renderFloatingIp } from './wire.ts';

export const showFloatingIpEndpoint = endpoint({
  method: 'GET',
  path: '/floatingips/{floatingip_id}',
  summary: 'Shows a floating IP.',
  requires: ['vpc:floatingIps:get'],
  status: 200,
  response: oneAnswer('floatingip', floatingIpSchema),
  errors: [floatingErrors.notFound],
  target: floatingIpTarget,
  handle: async (_service, call, floatingIp) =>
    answerOne(call, 'floatingip', renderFloatingIp(floatingIp)),
});
