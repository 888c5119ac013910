import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { requireOnServer } from '#compute/servers/described.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { migrateServer } from '#compute/servers/migrate.ts';
import { resizeErrors } from '#compute/servers/resize-errors.ts';
import { hostName } from '../fields.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };

const shared = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'migrate',
  summary: 'Moves a server to another host while it is off.',
  requires: ['ecs:servers:migrate', 'ecs:servers:get'],
  target: serverTarget,
  status: 202,
} as const;

const errors = [
  computeErrors.invalidState,
  computeErrors.locked,
  computeErrors.notReady,
  resizeErrors.noValidHost,
];

const place = Type.Object({ host: Type.Optional(Type.Union([hostName, Type.Null()])) }, closed);

/** A host can be named since 2.56; before, whatever came was not looked at. */
export const migrate = [
  endpoint({
    ...shared,
    until: '2.55',
    body: Type.Object({ migrate: Type.Unknown() }, closed),
    errors,
    handle: (service, call, server) => migrateServer(service, call, server, null),
  }),
  endpoint({
    ...shared,
    since: '2.56',
    body: Type.Object({ migrate: Type.Union([Type.Null(), place]) }, closed),
    errors: [...errors, serverErrors.hostNotFound, resizeErrors.hostUnchanged],
    handle: async (service, call, server) => {
      const host = call.body.migrate?.host ?? null;
      // Whose choice the host is, is the operator's.
      if (host !== null) {
        await requireOnServer(service, call.actor, server, 'ecs:servers:migrateToHost');
      }
      await migrateServer(service, call, server, host);
    },
  }),
];
