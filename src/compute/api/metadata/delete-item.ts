import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { removeMetadataItem } from '#compute/server-metadata/change.ts';
import { metadataErrors } from '#compute/server-metadata/errors.ts';

export const deleteItem = endpoint({
  method: 'DELETE',
  path: '/servers/{server_id}/metadata/{key}',
  summary: 'Deletes an item of the metadata of a server.',
  requires: ['ecs:servers:deleteMetadata'],
  query: noQuery,
  target: serverTarget,
  status: 204,
  errors: [metadataErrors.itemNotFound, computeErrors.invalidState, computeErrors.locked],
  handle: (service, call, server) =>
    removeMetadataItem(service, call.actor, server, call.params.key),
});
