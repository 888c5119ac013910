import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { migrationContext, serverMigrationWire } from '#compute/api/os-migrations/wire.ts';
import { migrationErrors } from '#compute/migrations/errors.ts';
import {
  listServerMigrations as readMigrations,
  readServerMigration,
} from '#compute/migrations/read.ts';
import { serverTarget } from '../target.ts';

const shared = {
  since: '2.23',
  method: 'GET',
  query: noQuery,
  target: serverTarget,
  status: 200,
  isKept: true,
} as const;

const closed = { additionalProperties: false };

export const listServerMigrations = endpoint({
  ...shared,
  path: '/servers/{server_id}/migrations',
  summary: 'Lists the live migrations of a server that go on now.',
  requires: ['ecs:serverMigrations:list'],
  response: Type.Object({ migrations: Type.Array(serverMigrationWire.schema) }, closed),
  handle: async (service, call, server) => {
    const context = migrationContext(call);
    const found = await readMigrations(service, server);
    const render = (one: (typeof found)[number]) =>
      serverMigrationWire.render(one, call.version, context);
    return { migrations: found.map(render) };
  },
});

export const showServerMigration = endpoint({
  ...shared,
  path: '/servers/{server_id}/migrations/{migration_id}',
  summary: 'Shows how far a live migration of a server is.',
  requires: ['ecs:serverMigrations:get'],
  response: Type.Object({ migration: serverMigrationWire.schema }, closed),
  errors: [
    migrationErrors.notFoundForServer,
    migrationErrors.notLive,
    migrationErrors.notInProgress,
  ],
  handle: async (service, call, server) => {
    const found = await readServerMigration(service, server, call.params.migration_id);
    return { migration: serverMigrationWire.render(found, call.version, migrationContext(call)) };
  },
});
