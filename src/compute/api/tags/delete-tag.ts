import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { removeTag } from '#compute/server-tags/change.ts';
import { tagErrors } from '#compute/server-tags/errors.ts';
import { writeActions } from './tag.ts';

export const deleteTag = endpoint({
  method: 'DELETE',
  path: '/servers/{server_id}/tags/{tag}',
  since: '2.26',
  summary: 'Takes a tag from a server.',
  requires: writeActions,
  query: noQuery,
  target: serverTarget,
  status: 204,
  errors: [tagErrors.notFound, computeErrors.invalidState],
  handle: (service, call, server) => removeTag(service, server, call.params.tag),
});
