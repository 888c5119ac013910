import type { Static } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { removeRouterInterface } from '../../../routers/interfaces.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { InterfaceBody } from './body.ts';
import { interfaceAnswer, renderInterface } from './interface-wire.ts';
import { routerTarget } from './target.ts';

export const removeRouterInterfaceEndpoint = endpoint({
  method: 'PUT',
  path: '/routers/{router_id}/remove_router_interface',
  summary: 'Takes the router off a subnet.',
  requires: ['vpc:routers:update'],
  body: InterfaceBody,
  status: 200,
  response: interfaceAnswer,
  errors: [networkErrors.routerNotFound],
  target: routerTarget,
  names: naming(['subnet', 'port'], (body: Static<typeof InterfaceBody>) => ({
    subnet: [body.subnet_id],
    port: [body.port_id],
  })),
  handle: async ({ context }, call, router) => {
    const request = { subnetId: call.body.subnet_id, portId: call.body.port_id };
    const port = await removeRouterInterface(context, router, request);
    return renderInterface(router, port);
  },
});
