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
  notFoundForced: defineError<{ id: string; serverId: string }>({
    code: 'MigrationNotFoundForInstance',
    kind: 'bad-request',
    message: ({ id, serverId }) =>
      `Migration ${id.slice(0, 64)} not found for instance ${serverId}`,
  }),
  invalidState: defineError<{ id: number; serverId: string; state: string; what: string }>({
    code: 'InvalidMigrationState',
    kind: 'bad-request',
    message: ({ id, serverId, state, what }) =>
      `Migration ${id} state of instance ${serverId} is ${state}. Cannot ${what} while the ` +
      'migration is in this state.',
  }),
  toSelf: defineError<{ serverId: string; host: string }>({
    code: 'UnableToMigrateToSelf',
    kind: 'bad-request',
    message: ({ serverId, host }) =>
      `Unable to migrate instance (${serverId}) to current host (${host}).`,
  }),
  forcedNowhere: defineError({
    code: 'ForcedDestinationMissing',
    kind: 'bad-request',
    message: () => "Can't force to a non-provided destination",
  }),
  disksShared: defineError<{ host: string }>({
    code: 'InvalidLocalStorage',
    kind: 'bad-request',
    message: ({ host }) =>
      `${host} is not on local storage: Block migration can not be used with shared storage.`,
  }),
  disksApart: defineError<{ host: string }>({
    code: 'InvalidSharedStorage',
    kind: 'bad-request',
    message: ({ host }) =>
      `${host} is not on shared storage: Shared storage live-migration requires either shared ` +
      'storage or boot-from-volume with no local disks.',
  }),
  notInProgress: defineError<{ id: number; serverId: string }>({
    code: 'MigrationNotInProgress',
    kind: 'not-found',
    message: ({ id, serverId }) =>
      `Live migration ${id} for server ${serverId} is not in progress.`,
  }),
};
