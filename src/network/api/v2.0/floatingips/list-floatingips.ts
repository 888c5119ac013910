import { Type } from 'typebox';
import { floatingIpFilterNames, listFloatingIps } from '../../../floating-ips/list.ts';
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
  response: Type.Object({
    floatingips: Type.Array(Type.Partial(floatingIpSchema)),
    floatingips_links: Type.Optional(Type.Array(Type.Unknown())),
  }),
  handle: ({ context }, call) =>
    answerList(
      call,
      { collection: 'floatingips', path: '/floatingips', action },
      (scope, query) => listFloatingIps(context, scope, query),
      renderFloatingIp,
    ),
});
