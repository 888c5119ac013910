import { networkErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { routerTarget } from './target.ts';
import { renderRouter, routerSchema } from './wire.ts';

export const showRouterEndpoint = endpoint({
  method: 'GET',
  path: '/routers/{router_id}',
  summary: 'Shows a router.',
  requires: ['vpc:routers:get'],
  status: 200,
  response: oneAnswer('router', routerSchema),
  errors: [networkErrors.routerNotFound],
  target: routerTarget,
  handle: async (_service, call, router) =>
    answerOne(call, 'router', renderRouter(router, call.actor)),
});
