import type { Migration } from '../migrate.ts';

/** When a server was put aside to be deleted later; null for all others. */
export const deferredDeletionMigration: Migration = {
  name: '0021-deferred-deletion',
  async up(schema) {
    await schema.alterTable('servers').addColumn('soft_deleted_ms', 'bigint').execute();
  },
};
