import { networkErrors } from '../../../errors.ts';
import { updatePort } from '../../../ports/update.ts';
import { endpoint } from '../../endpoint.ts';
import { readPort, UpdatePortBody } from './body.ts';
import { portTarget } from './target.ts';
import { renderPort } from './wire.ts';

export const updatePortEndpoint = endpoint({
  method: 'PUT',
  path: '/ports/{port_id}',
  summary: 'Changes a port.',
  requires: ['vpc:ports:update'],
  body: UpdatePortBody,
  status: 200,
  errors: [networkErrors.portNotFound],
  target: portTarget,
  handle: async ({ context }, call, port) => {
    const change = readPort(call.body.port);
    const updated = await updatePort(context, call.actor, port, change);
    return { port: renderPort(updated, call.actor) };
  },
});
