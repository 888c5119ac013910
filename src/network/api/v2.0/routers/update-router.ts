import type { Static } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { updateRouter } from '../../../routers/update.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { readRouter, UpdateRouterBody } from './body.ts';
import { routerTarget } from './target.ts';
import { renderRouter, routerSchema } from './wire.ts';

export const updateRouterEndpoint = endpoint({
  method: 'PUT',
  path: '/routers/{router_id}',
  summary: 'Changes a router.',
  requires: ['vpc:routers:update'],
  body: UpdateRouterBody,
  status: 200,
  response: wholeAnswer('router', routerSchema),
  errors: [networkErrors.routerNotFound],
  target: routerTarget,
  names: naming(['network'], ({ router }: Static<typeof UpdateRouterBody>) => ({
    network: [router.external_gateway_info?.network_id],
  })),
  handle: async ({ context }, call, router) => {
    const change = readRouter(call.body.router);
    const updated = await updateRouter(context, call.actor, router, change);
    return { router: renderRouter(updated, call.actor) };
  },
});
