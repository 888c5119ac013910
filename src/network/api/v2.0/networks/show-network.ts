import { networkErrors } from '../../../errors.ts';
import { seesNetwork } from '../../../networks/network.ts';
import { findNetwork } from '../../../networks/store.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { renderNetwork } from './wire.ts';

export const showNetworkEndpoint = endpoint({
  method: 'GET',
  path: '/networks/{network_id}',
  summary: 'Shows a network.',
  requires: ['vpc:networks:get'],
  status: 200,
  errors: [networkErrors.networkNotFound],
  target: {
    find: ({ context }, { params }) => findNetwork(context.database.queries, params.network_id),
    visible: seesNetwork,
    absent: ({ params }) => networkErrors.networkNotFound({ id: params.network_id }),
  },
  handle: async (_service, call, network) =>
    answerOne(call, 'network', renderNetwork(network, call.actor)),
});
