import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { addTag as recordTag } from '#compute/server-tags/change.ts';
import { tagErrors } from '#compute/server-tags/errors.ts';
import { Reply } from '#endpoints/endpoint.ts';
import { isTag, writeActions } from './tag.ts';

export const addTag = endpoint({
  method: 'PUT',
  path: '/servers/{server_id}/tags/{tag}',
  since: '2.26',
  summary: 'Gives a server one more tag; 204 when it has it already.',
  requires: writeActions,
  query: noQuery,
  target: serverTarget,
  status: 201,
  errors: [tagErrors.invalid, tagErrors.tooMany, computeErrors.invalidState],
  handle: async (service, call, server) => {
    const { tag } = call.params;
    if (!isTag(tag)) throw tagErrors.invalid({ tag });
    if (!(await recordTag(service, server, tag))) return new Reply(undefined, { status: 204 });
    const location = `${call.root}/servers/${server.id}/tags/${encodeURIComponent(tag)}`;
    return new Reply(undefined, { headers: { location } });
  },
});
