import type { Migration } from '../migrate.ts';
import { keepHeldLoads } from './held-loads.ts';

/** What servers still have on hosts that they were evacuated from, and what it holds of them. */
export const evacuatedGuestsMigration: Migration = {
  name: '0031-evacuated-guests',
  async up(schema, db) {
    await schema
      .createTable('evacuated_guests')
      .addColumn('server_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('held_host', 'varchar(255)', (column) => column.notNull())
      .addColumn('migration_id', 'integer', (column) => column.notNull())
      .addColumn('project_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('held_vcpus', 'integer', (column) => column.notNull())
      .addColumn('held_memory_mib', 'integer', (column) => column.notNull())
      .addColumn('held_disk_gib', 'integer', (column) => column.notNull())
      .addColumn('finished_ms', 'bigint')
      .addPrimaryKeyConstraint('evacuated_guests_key', ['server_id', 'held_host'])
      .execute();
    await keepHeldLoads(schema, db, 'evacuated_guests');
  },
};
