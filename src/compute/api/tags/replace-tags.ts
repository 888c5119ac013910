import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { replaceTags as setTags } from '#compute/server-tags/change.ts';
import { tagsAnswer, tagsSchema, writeActions } from './tag.ts';

export const replaceTags = endpoint({
  method: 'PUT',
  path: '/servers/{server_id}/tags',
  since: '2.26',
  summary: 'Gives a server these tags and no others.',
  requires: writeActions,
  query: noQuery,
  target: serverTarget,
  body: Type.Object({ tags: tagsSchema }, { additionalProperties: false }),
  status: 200,
  response: tagsAnswer,
  errors: [computeErrors.invalidState],
  handle: async (service, call, server) => ({
    tags: await setTags(service, server, call.body.tags),
  }),
});
