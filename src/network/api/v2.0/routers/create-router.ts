import type { Static } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { createRouter } from '../../../routers/create.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { ownerOf } from '../../values.ts';
import { CreateRouterBody, readRouter } from './body.ts';
import { renderRouter, routerSchema } from './wire.ts';

export const createRouterEndpoint = endpoint({
  method: 'POST',
  path: '/routers',
  summary: 'Makes a router.',
  requires: ['vpc:routers:create'],
  body: CreateRouterBody,
  status: 201,
  response: wholeAnswer('router', routerSchema),
  errors: [networkErrors.overQuota],
  names: naming(['network'], ({ router }: Static<typeof CreateRouterBody>) => ({
    network: [router.external_gateway_info?.network_id],
  })),
  handle: async ({ context }, call) => {
    const body = call.body.router;
    const wanted = { ...readRouter(body), projectId: ownerOf(body) };
    const router = await createRouter(context, call.actor, wanted);
    return { router: renderRouter(router, call.actor) };
  },
});
