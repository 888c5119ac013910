import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { metadataErrors } from '#compute/server-metadata/errors.ts';
import { readMetadataItem } from '#compute/server-metadata/read.ts';
import { itemAnswer } from './schemas.ts';

export const showItem = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/metadata/{key}',
  summary: 'Shows an item of the metadata of a server.',
  requires: ['ecs:servers:getMetadata'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  isKept: true,
  response: itemAnswer,
  errors: [metadataErrors.itemNotFound],
  handle: async (_service, call, server) => {
    const { key } = call.params;
    return { meta: { [key]: readMetadataItem(server, key) } };
  },
});
