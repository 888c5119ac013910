import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { abortLiveMigration, forceLiveMigration } from '#compute/migrations/change.ts';
import { migrationErrors } from '#compute/migrations/errors.ts';
import { serverTarget } from '../target.ts';

const path = '/servers/{server_id}/migrations/{migration_id}';
const refusals = [
  computeErrors.invalidState,
  computeErrors.locked,
  migrationErrors.invalidState,
] as const;

export const forceComplete = endpoint({
  since: '2.22',
  method: 'POST',
  path: `${path}/action`,
  action: 'force_complete',
  summary: 'Lets a server stand still until its live migration is over.',
  requires: ['ecs:serverMigrations:forceComplete'],
  target: serverTarget,
  body: Type.Object({ force_complete: Type.Null() }, { additionalProperties: false }),
  status: 202,
  errors: [...refusals, migrationErrors.notFoundForced],
  handle: (service, call, server) =>
    forceLiveMigration(service, call, server, call.params.migration_id),
});

const abortion = {
  method: 'DELETE',
  path,
  summary: 'Calls a live migration off.',
  requires: ['ecs:serverMigrations:delete'],
  target: serverTarget,
  status: 202,
  errors: [...refusals, migrationErrors.notFoundForServer],
} as const;

/** One that does not run yet can be called off since 2.65. */
export const abortMigration = [
  endpoint({
    ...abortion,
    since: '2.24',
    until: '2.64',
    handle: (service, call, server) =>
      abortLiveMigration(service, call, server, call.params.migration_id, ['running']),
  }),
  endpoint({
    ...abortion,
    since: '2.65',
    handle: (service, call, server) =>
      abortLiveMigration(service, call, server, call.params.migration_id, [
        ...['queued', 'preparing', 'running'],
      ]),
  }),
];
