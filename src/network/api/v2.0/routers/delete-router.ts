import { networkErrors } from '../../../errors.ts';
import { deleteRouter } from '../../../routers/delete.ts';
import { findRouter } from '../../../routers/store.ts';
import { endpoint } from '../../endpoint.ts';

export const deleteRouterEndpoint = endpoint({
  method: 'DELETE',
  path: '/routers/{router_id}',
  summary: 'Deletes a router.',
  requires: ['vpc:routers:delete'],
  status: 204,
  errors: [networkErrors.routerNotFound],
  target: {
    find: ({ context }, { params }) => findRouter(context.database.queries, params.router_id),
    absent: ({ params }) => networkErrors.routerNotFound({ id: params.router_id }),
  },
  handle: ({ context }, _call, router) => deleteRouter(context, router),
});
