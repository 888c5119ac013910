import { networkErrors } from '../../../errors.ts';
import { deleteRouter } from '../../../routers/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { routerTarget } from './target.ts';

export const deleteRouterEndpoint = endpoint({
  method: 'DELETE',
  path: '/routers/{router_id}',
  summary: 'Deletes a router.',
  requires: ['vpc:routers:delete'],
  status: 204,
  errors: [networkErrors.routerNotFound],
  target: routerTarget,
  handle: ({ context }, _call, router) => deleteRouter(context, router),
});
