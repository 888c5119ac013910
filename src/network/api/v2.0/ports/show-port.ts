import { networkErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { portTarget } from './target.ts';
import { portSchema, renderPort } from './wire.ts';

export const showPortEndpoint = endpoint({
  method: 'GET',
  path: '/ports/{port_id}',
  summary: 'Shows a port.',
  requires: ['vpc:ports:get'],
  status: 200,
  response: oneAnswer('port', portSchema),
  errors: [networkErrors.portNotFound],
  target: portTarget,
  handle: async (_service, call, port) => answerOne(call, 'port', renderPort(port, call.actor)),
});
