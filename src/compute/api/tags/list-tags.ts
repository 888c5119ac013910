import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { readTags } from '#compute/server-tags/read.ts';
import { readActions, tagsAnswer } from './tag.ts';

export const listTags = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/tags',
  since: '2.26',
  summary: 'Lists the tags of a server.',
  requires: readActions,
  query: noQuery,
  target: serverTarget,
  status: 200,
  isKept: true,
  response: tagsAnswer,
  handle: async (service, _call, server) => ({ tags: await readTags(service, server) }),
});
