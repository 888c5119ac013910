import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { updateMetadata } from '#compute/server-metadata/change.ts';
import { metadataErrors } from '#compute/server-metadata/errors.ts';
import { changeErrors, itemAnswer, itemBody } from './schemas.ts';

export const setItem = endpoint({
  method: 'PUT',
  path: '/servers/{server_id}/metadata/{key}',
  summary: 'Sets one item of the metadata of a server.',
  requires: ['ecs:servers:setMetadata'],
  query: noQuery,
  target: serverTarget,
  body: itemBody,
  status: 200,
  response: itemAnswer,
  errors: [...changeErrors, metadataErrors.mismatch],
  handle: async (service, call, server) => {
    const { meta } = call.body;
    if (!Object.hasOwn(meta, call.params.key)) throw metadataErrors.mismatch();
    await updateMetadata(service, call.actor, server, meta);
    return { meta };
  },
});
