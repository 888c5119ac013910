import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { metadataAnswer } from './schemas.ts';

export const listMetadata = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/metadata',
  summary: 'Lists the metadata of a server.',
  requires: ['ecs:servers:listMetadata'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  isKept: true,
  response: metadataAnswer,
  handle: async (_service, _call, server) => ({ metadata: server.metadata }),
});
