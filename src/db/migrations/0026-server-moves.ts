import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { keepHeldLoads } from './held-loads.ts';

/** Resizes and cold migrations that are neither confirmed nor reverted, with what they hold. */
export const serverMovesMigration: Migration = {
  name: '0026-server-moves',
  async up(schema, db) {
    await schema
      .createTable('server_moves')
      .addColumn('server_id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('migration_id', 'integer', (column) => column.notNull())
      .addColumn('project_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('user_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('vm_state', 'varchar(32)', (column) => column.notNull())
      .addColumn('side', 'varchar(8)', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('held_host', 'varchar(255)', (column) => column.notNull())
      .addColumn('held_vcpus', 'integer', (column) => column.notNull())
      .addColumn('held_memory_mib', 'integer', (column) => column.notNull())
      .addColumn('held_disk_gib', 'integer', (column) => column.notNull())
      .addColumn('extra_vcpus', 'integer', (column) => column.notNull())
      .addColumn('extra_memory_mib', 'integer', (column) => column.notNull())
      .addColumn('finished_ms', 'bigint')
      .execute();
    await schema
      .createIndex('server_moves_by_project')
      .on('server_moves')
      .columns(['project_id', 'user_id'])
      .execute();
    await schema
      .createIndex('server_moves_by_end')
      .on('server_moves')
      .column('finished_ms')
      .where(sql.ref('finished_ms'), 'is not', null)
      .execute();
    await keepHeldLoads(schema, db, 'server_moves');
  },
};
