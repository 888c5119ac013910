import type { Static } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { updatePort } from '../../../ports/update.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { namedByPort, readPort, UpdatePortBody } from './body.ts';
import { portTarget } from './target.ts';
import { portSchema, renderPort } from './wire.ts';

export const updatePortEndpoint = endpoint({
  method: 'PUT',
  path: '/ports/{port_id}',
  summary: 'Changes a port.',
  requires: ['vpc:ports:update'],
  body: UpdatePortBody,
  status: 200,
  response: wholeAnswer('port', portSchema),
  errors: [networkErrors.portNotFound],
  target: portTarget,
  names: naming(['subnet', 'securityGroup'], ({ port }: Static<typeof UpdatePortBody>) =>
    namedByPort(port),
  ),
  handle: async ({ context }, call, port) => {
    const change = readPort(call.body.port);
    const updated = await updatePort(context, call.actor, port, change);
    return { port: renderPort(updated, call.actor) };
  },
});
