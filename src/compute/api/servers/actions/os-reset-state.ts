import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { resetState } from '#compute/servers/reset-state.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };
const state = Type.Union([Type.Literal('active'), Type.Literal('error')]);

export const osResetState = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'os-resetState',
  summary: 'Says what a server is, whatever it was busy with. For administrators.',
  requires: ['ecs:servers:resetState', 'ecs:servers:get'],
  target: serverTarget,
  body: Type.Object({ 'os-resetState': Type.Object({ state }, closed) }, closed),
  status: 202,
  handle: (service, call, server) =>
    resetState(service, call, server, call.body['os-resetState'].state),
});
