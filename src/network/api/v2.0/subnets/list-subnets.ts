import { listSubnets, subnetFilterNames } from '../../../subnets/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { renderSubnet, subnetSchema } from './wire.ts';

const action = 'vpc:subnets:list';

export const listSubnetsEndpoint = endpoint({
  method: 'GET',
  path: '/subnets',
  summary: 'Lists the subnets that the token may see.',
  requires: [action],
  query: listQuerySchema(subnetFilterNames),
  status: 200,
  response: listAnswer('subnets', subnetSchema),
  handle: async ({ context }, call) => {
    return answerList(
      call,
      { collection: 'subnets', path: '/subnets', action },
      (scope, query) => listSubnets(context, scope, query),
      renderSubnet,
    );
  },
});
