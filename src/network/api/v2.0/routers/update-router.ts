import { networkErrors } from '../../../errors.ts';
import { findRouter } from '../../../routers/store.ts';
import { updateRouter } from '../../../routers/update.ts';
import { endpoint } from '../../endpoint.ts';
import { readRouter, UpdateRouterBody } from './body.ts';
import { renderRouter } from './wire.ts';

export const updateRouterEndpoint = endpoint({
  method: 'PUT',
  path: '/routers/{router_id}',
  summary: 'Changes a router.',
  requires: ['vpc:routers:update'],
  body: UpdateRouterBody,
  status: 200,
  errors: [networkErrors.routerNotFound],
  target: {
    find: ({ context }, { params }) => findRouter(context.database.queries, params.router_id),
    absent: ({ params }) => networkErrors.routerNotFound({ id: params.router_id }),
  },
  handle: async ({ context }, call, router) => {
    const change = readRouter(call.body.router);
    const updated = await updateRouter(context, call.actor, router, change);
    return { router: renderRouter(updated, call.actor) };
  },
});
