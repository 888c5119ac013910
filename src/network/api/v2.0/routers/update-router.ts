import { networkErrors } from '../../../errors.ts';
import { updateRouter } from '../../../routers/update.ts';
import { endpoint } from '../../endpoint.ts';
import { readRouter, UpdateRouterBody } from './body.ts';
import { routerTarget } from './target.ts';
import { renderRouter } from './wire.ts';

export const updateRouterEndpoint = endpoint({
  method: 'PUT',
  path: '/routers/{router_id}',
  summary: 'Changes a router.',
  requires: ['vpc:routers:update'],
  body: UpdateRouterBody,
  status: 200,
  errors: [networkErrors.routerNotFound],
  target: routerTarget,
  handle: async ({ context }, call, router) => {
    const change = readRouter(call.body.router);
    const updated = await updateRouter(context, call.actor, router, change);
    return { router: renderRouter(updated, call.actor) };
  },
});
