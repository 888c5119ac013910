import { listNetworks, networkFilterNames } from '../../../networks/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { networkSchema, renderNetwork } from './wire.ts';

const action = 'vpc:networks:list';

export const listNetworksEndpoint = endpoint({
  method: 'GET',
  path: '/networks',
  summary: 'Lists the networks that the token may see.',
  requires: [action],
  query: listQuerySchema(networkFilterNames),
  status: 200,
  response: listAnswer('networks', networkSchema),
  handle: async ({ context }, call) => {
    return answerList(
      call,
      { collection: 'networks', path: '/networks', action },
      (scope, query) => listNetworks(context, scope, query),
      (view) => renderNetwork(view, call.actor),
    );
  },
});
