import { networkErrors } from '../../../errors.ts';
import { updateNetwork } from '../../../networks/update.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { readNetwork, UpdateNetworkBody } from './body.ts';
import { networkTarget } from './target.ts';
import { networkSchema, renderNetwork } from './wire.ts';

export const updateNetworkEndpoint = endpoint({
  method: 'PUT',
  path: '/networks/{network_id}',
  summary: 'Changes a network.',
  requires: ['vpc:networks:update'],
  body: UpdateNetworkBody,
  status: 200,
  response: wholeAnswer('network', networkSchema),
  errors: [networkErrors.networkNotFound],
  target: networkTarget,
  handle: async ({ context }, call, network) => {
    const change = readNetwork(call.body.network);
    const updated = await updateNetwork(context, call.actor, network, change);
    return { network: renderNetwork(updated, call.actor) };
  },
});
