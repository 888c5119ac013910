import { defineError } from '#base/errors.ts';

/** Refusals of migrations, in Nova's words. */
export const migrationErrors = {
  notFoundForServer: defineError<{ id: string; serverId: string }>({
    code: 'MigrationNotFoundForInstance',
    kind: 'not-found',
    message: ({ id, serverId }) =>
      `Migration ${id.slice(0, 64)} not found for instance ${serverId}`,
  }),
  notLive: defineError<{ id: number; serverId: string }>({
    code: 'MigrationNotLive',
    kind: 'not-found',
    message: ({ id, serverId }) => `Migration ${id} for server ${serverId} is not live-migration.`,
  }),
  notInProgress: defineError<{ id: number; serverId: string }>({
    code: 'MigrationNotInProgress',
    kind: 'not-found',
    message: ({ id, serverId }) =>
      `Live migration ${id} for server ${serverId} is not in progress.`,
  }),
};
