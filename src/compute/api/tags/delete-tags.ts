import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { removeTags } from '#compute/server-tags/change.ts';
import { writeActions } from './tag.ts';

export const deleteTags = endpoint({
  method: 'DELETE',
  path: '/servers/{server_id}/tags',
  since: '2.26',
  summary: 'Takes all tags from a server.',
  requires: writeActions,
  query: noQuery,
  target: serverTarget,
  status: 204,
  errors: [computeErrors.invalidState],
  handle: (service, _call, server) => removeTags(service, server),
});
