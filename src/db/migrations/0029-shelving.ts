import type { Migration } from '../migrate.ts';

/** What a shelved server comes back from, and since when it waits. */
export const shelvingMigration: Migration = {
  name: '0029-shelving',
  async up(schema) {
    await schema.alterTable('servers').addColumn('shelved_image_id', 'varchar(36)').execute();
    await schema.alterTable('servers').addColumn('shelved_ms', 'bigint').execute();
  },
};
