import type { Migration } from '../migrate.ts';

/** Servers made before have none, whatever their flavor says: none was made for them. */
export const localDisksMigration: Migration = {
  name: '0023-local-disks',
  async up(schema) {
    await schema.alterTable('servers').addColumn('local_disks', 'text').execute();
  },
};
