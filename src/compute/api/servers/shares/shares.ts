import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { shareErrors } from '#compute/shares/errors.ts';
import { refuseAttaching, refuseDetaching } from '#compute/shares/look-up.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };

const share = Type.Object(
  {
    share_id: Type.String(),
    status: Type.String(),
    tag: Type.String(),
    // Told to administrators.
    uuid: Type.Optional(Type.String()),
    export_location: Type.Optional(Type.String()),
  },
  closed,
);

const list = '/servers/{server_id}/shares';
const one = `${list}/{share_id}` as const;
const shared = { since: '2.97', query: noQuery, target: serverTarget } as const;

const body = Type.Object(
  {
    share: Type.Object(
      {
        share_id: Type.String({ format: 'uuid' }),
        tag: Type.Optional(
          Type.String({ minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9-]*$' }),
        ),
      },
      closed,
    ),
  },
  closed,
);

/** As Nova's where no service for shared file systems stands beside it. */
export const shareEndpoints = [
  endpoint({
    ...shared,
    method: 'GET',
    path: list,
    summary: 'Lists the shared file systems that a server has: none.',
    requires: ['ecs:serverShares:list'],
    status: 200,
    isKept: true,
    response: Type.Object({ shares: Type.Array(share) }, closed),
    handle: async () => ({ shares: [] }),
  }),
  endpoint({
    ...shared,
    method: 'POST',
    path: list,
    summary: 'Would give a stopped server a shared file system; there are none to give.',
    requires: ['ecs:serverShares:create'],
    body,
    status: 201,
    response: Type.Object({ share }, closed),
    errors: [shareErrors.notFound, computeErrors.invalidState],
    handle: async (_service, call, server) => refuseAttaching(server, call.body.share.share_id),
  }),
  endpoint({
    ...shared,
    method: 'GET',
    path: one,
    summary: 'Shows a shared file system of a server; none has one.',
    requires: ['ecs:serverShares:get'],
    status: 200,
    isKept: true,
    response: Type.Object({ share }, closed),
    errors: [shareErrors.notFound],
    handle: (_service, call) => Promise.reject(shareErrors.notFound({ id: call.params.share_id })),
  }),
  endpoint({
    ...shared,
    method: 'DELETE',
    path: one,
    summary: 'Takes a shared file system from a server; none has one.',
    requires: ['ecs:serverShares:delete'],
    status: 200,
    errors: [shareErrors.notFound, computeErrors.invalidState],
    handle: async (_service, call, server) => refuseDetaching(server, call.params.share_id),
  }),
];
