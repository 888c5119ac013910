import { listSubnets, subnetFilters } from '../../../subnets/store.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { renderSubnet } from './wire.ts';

const action = 'vpc:subnets:list';

export const listSubnetsEndpoint = endpoint({
  method: 'GET',
  path: '/subnets',
  summary: 'Lists the subnets that the token may see.',
  requires: [action],
  query: listQuerySchema(subnetFilters),
  status: 200,
  handle: async ({ context }, call) => {
    return answerList(
      call,
      { collection: 'subnets', path: '/subnets', action },
      (scope, query) => listSubnets(context.database.queries, scope, query),
      renderSubnet,
    );
  },
});
