import { networkErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { networkTarget } from './target.ts';
import { networkSchema, renderNetwork } from './wire.ts';

export const showNetworkEndpoint = endpoint({
  method: 'GET',
  path: '/networks/{network_id}',
  summary: 'Shows a network.',
  requires: ['vpc:networks:get'],
  status: 200,
  response: oneAnswer('network', networkSchema),
  errors: [networkErrors.networkNotFound],
  target: networkTarget,
  handle: async (_service, call, network) =>
    answerOne(call, 'network', renderNetwork(network, call.actor)),
});
