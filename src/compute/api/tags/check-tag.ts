import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { tagErrors } from '#compute/server-tags/errors.ts';
import { requireTag } from '#compute/server-tags/read.ts';
import { readActions } from './tag.ts';

export const checkTag = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/tags/{tag}',
  since: '2.26',
  summary: 'Tells by its status whether a server has a tag.',
  requires: readActions,
  query: noQuery,
  target: serverTarget,
  status: 204,
  errors: [tagErrors.notFound],
  handle: (service, call, server) => requireTag(service, server, call.params.tag),
});
