import { networkErrors } from '../../../errors.ts';
import { createRouter } from '../../../routers/create.ts';
import { endpoint } from '../../endpoint.ts';
import { ownerOf } from '../../values.ts';
import { CreateRouterBody, readRouter } from './body.ts';
import { renderRouter } from './wire.ts';

export const createRouterEndpoint = endpoint({
  method: 'POST',
  path: '/routers',
  summary: 'Makes a router.',
  requires: ['vpc:routers:create'],
  body: CreateRouterBody,
  status: 201,
  errors: [networkErrors.overQuota],
  handle: async ({ context }, call) => {
    const body = call.body.router;
    const wanted = { ...readRouter(body), projectId: ownerOf(body) };
    const router = await createRouter(context, call.actor, wanted);
    return { router: renderRouter(router, call.actor) };
  },
});
