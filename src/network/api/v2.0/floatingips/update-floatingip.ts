import type { Static } from 'typebox';
import { floatingErrors } from '../../../floating-ips/errors.ts';
import { updateFloatingIp } from '../../../floating-ips/update.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { readAssociation, UpdateFloatingIpBody } from './body.ts';
import { floatingIpTarget } from './target.ts';
import { floatingIpSchema, renderFloatingIp } from './wire.ts';

export const updateFloatingIpEndpoint = endpoint({
  method: 'PUT',
  path: '/floatingips/{floatingip_id}',
  summary: 'Lends a floating IP to a port, or takes it back.',
  requires: ['vpc:floatingIps:update'],
  body: UpdateFloatingIpBody,
  status: 200,
  response: wholeAnswer('floatingip', floatingIpSchema),
  errors: [floatingErrors.notFound, floatingErrors.notReachable, floatingErrors.alreadyAssociated],
  target: floatingIpTarget,
  names: naming(['port'], ({ floatingip }: Static<typeof UpdateFloatingIpBody>) => ({
    port: [floatingip.port_id],
  })),
  handle: async ({ context }, call, floatingIp) => {
    const body = call.body.floatingip;
    const change = { description: body.description, association: readAssociation(body) };
    const updated = await updateFloatingIp(context, call.actor, floatingIp, change);
    return { floatingip: renderFloatingIp(updated) };
  },
});
