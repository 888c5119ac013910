import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { actionErrors } from '#compute/instance-actions/errors.ts';
import { readInstanceAction } from '#compute/instance-actions/read.ts';
import { serverEverMadeTarget } from './target.ts';
import { actionWire, eventContext } from './wire.ts';

function showIn(range: { since?: string; until?: string }, target: typeof serverTarget) {
  return endpoint({
    ...range,
    method: 'GET',
    path: '/servers/{server_id}/os-instance-actions/{request_id}',
    summary: 'Shows what was done to a server under one request.',
    requires: ['ecs:serverActions:get'],
    query: noQuery,
    target,
    status: 200,
    response: Type.Object({ instanceAction: actionWire.schema }, { additionalProperties: false }),
    errors: [actionErrors.notFound],
    handle: async (service, call, server) => {
      const found = await readInstanceAction(service, server, call.params.request_id);
      return { instanceAction: actionWire.render(found, call.version, eventContext(call)) };
    },
  });
}

export const showAction = [
  showIn({ until: '2.20' }, serverTarget),
  showIn({ since: '2.21' }, serverEverMadeTarget),
];
