import { networkErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { routerTarget } from './target.ts';
import { renderRouter } from './wire.ts';

export const showRouterEndpoint = endpoint({
  method: 'GET',
  path: '/routers/{router_id}',
  summary: 'Shows a router.',
  requires: ['vpc:routers:get'],
  status: 200,
  errors: [networkErrors.routerNotFound],
  target: routerTarget,
  handle: async (_service, call, router) =>
    answerOne(call, 'router', renderRouter(router, call.actor)),
});
