import { networkErrors } from '../../../errors.ts';
import { addRouterInterface } from '../../../routers/interfaces.ts';
import { endpoint } from '../../endpoint.ts';
import { InterfaceBody } from './body.ts';
import { renderInterface } from './interface-wire.ts';
import { routerTarget } from './target.ts';

export const addRouterInterfaceEndpoint = endpoint({
  method: 'PUT',
  path: '/routers/{router_id}/add_router_interface',
  summary: 'Puts the router on a subnet.',
  requires: ['vpc:routers:update'],
  body: InterfaceBody,
  status: 200,
  errors: [networkErrors.addressInUse],
  target: routerTarget,
  handle: async ({ context }, call, router) => {
    const request = { subnetId: call.body.subnet_id, portId: call.body.port_id };
    const port = await addRouterInterface(context, call.actor, router, request);
    return renderInterface(router, port);
  },
});
