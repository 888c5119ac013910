import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { changePassword as change } from '#compute/servers/change-password.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };
const adminPass = Type.String({ maxLength: 255 });

export const changePassword = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'changePassword',
  summary: 'Changes the password of the administrator inside a server that has an agent.',
  requires: ['ecs:servers:changePassword', 'ecs:servers:get'],
  target: serverTarget,
  body: Type.Object({ changePassword: Type.Object({ adminPass }, closed) }, closed),
  status: 202,
  errors: [computeErrors.invalidState, computeErrors.locked, computeErrors.guestAgentNotEnabled],
  handle: (service, call, server) =>
    change(service, call, server, call.body.changePassword.adminPass),
});
