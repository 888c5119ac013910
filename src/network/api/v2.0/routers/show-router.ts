import { networkErrors } from '../../../errors.ts';
import { findRouter } from '../../../routers/store.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { renderRouter } from './wire.ts';

export const showRouterEndpoint = endpoint({
  method: 'GET',
  path: '/routers/{router_id}',
  summary: 'Shows a router.',
  requires: ['vpc:routers:get'],
  status: 200,
  errors: [networkErrors.routerNotFound],
  target: {
    find: ({ context }, { params }) => findRouter(context.database.queries, params.router_id),
    absent: ({ params }) => networkErrors.routerNotFound({ id: params.router_id }),
  },
  handle: async (_service, call, router) =>
    answerOne(call, 'router', renderRouter(router, call.actor)),
});
