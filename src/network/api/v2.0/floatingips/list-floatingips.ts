import { floatingIpFilterNames, listFloatingIps } from '../../../floating-ips/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { floatingIpSchema, renderFloatingIp } from './wire.ts';

const action = 'vpc:floatingIps:list';

export const listFloatingIpsEndpoint = endpoint({
  method: 'GET',
  path: '/floatingips',
  summary: 'Lists the floating IPs that the token may see.',
  requires: [action],
  query: listQuerySchema(floatingIpFilterNames),
  status: 200,
  response: listAnswer('floatingips', floatingIpSchema),
  handle: ({ context }, call) =>
    answerList(
      call,
      { collection: 'floatingips', path: '/floatingips', action },
      (scope, query) => listFloatingIps(context, scope, query),
      renderFloatingIp,
    ),
});
