import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { viewOf } from './server-view.ts';
import { serverTarget } from './target.ts';
import { serverWire, wireContext } from './wire.ts';

export const showServer = endpoint({
  method: 'GET',
  path: '/servers/{server_id}',
  summary: 'Shows one server.',
  requires: ['ecs:servers:get'],
  target: serverTarget,
  status: 200,
  response: Type.Object({ server: serverWire.schema }),
  isKept: true,
  handle: async (service, call, server) => {
    const view = await viewOf(service, server);
    return { server: serverWire.render(view, call.version, wireContext(call)) };
  },
});
