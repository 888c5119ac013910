import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { updateMetadata as setMetadata } from '#compute/server-metadata/change.ts';
import { changeErrors, metadataAnswer, metadataBody } from './schemas.ts';

export const updateMetadata = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/metadata',
  summary: 'Sets items of the metadata of a server; others stay.',
  requires: ['ecs:servers:setMetadata'],
  query: noQuery,
  target: serverTarget,
  body: metadataBody,
  status: 200,
  response: metadataAnswer,
  errors: changeErrors,
  handle: async (service, call, server) => ({
    metadata: await setMetadata(service, call.actor, server, call.body.metadata),
  }),
});
