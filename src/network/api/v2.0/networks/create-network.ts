import { networkErrors } from '../../../errors.ts';
import { createNetwork } from '../../../networks/create.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { ownerOf } from '../../values.ts';
import { CreateNetworkBody, readNetwork } from './body.ts';
import { networkSchema, renderNetwork } from './wire.ts';

export const createNetworkEndpoint = endpoint({
  method: 'POST',
  path: '/networks',
  summary: 'Makes a network.',
  requires: ['vpc:networks:create'],
  body: CreateNetworkBody,
  status: 201,
  response: wholeAnswer('network', networkSchema),
  errors: [networkErrors.overQuota],
  handle: async ({ context }, call) => {
    const body = call.body.network;
    const wanted = { ...readNetwork(body), projectId: ownerOf(body) };
    const network = await createNetwork(context, call.actor, wanted);
    return { network: renderNetwork(network, call.actor) };
  },
});
