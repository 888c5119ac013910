import type { Migration } from '../migrate.ts';

/** Moves of servers between hosts, with how far each is; rows outlive their servers. */
export const migrationsMigration: Migration = {
  name: '0014-migrations',
  async up(schema) {
    await schema
      .createTable('migrations')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('uuid', 'varchar(36)', (column) => column.notNull().unique())
      .addColumn('server_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('project_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('user_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('type', 'varchar(32)', (column) => column.notNull())
      .addColumn('status', 'varchar(32)', (column) => column.notNull())
      .addColumn('source_host', 'varchar(255)')
      .addColumn('target_host', 'varchar(255)')
      .addColumn('target_address', 'varchar(64)')
      .addColumn('old_flavor_number', 'integer')
      .addColumn('new_flavor_number', 'integer')
      .addColumn('hidden', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('memory_total_bytes', 'bigint')
      .addColumn('memory_processed_bytes', 'bigint')
      .addColumn('memory_remaining_bytes', 'bigint')
      .addColumn('disk_total_bytes', 'bigint')
      .addColumn('disk_processed_bytes', 'bigint')
      .addColumn('disk_remaining_bytes', 'bigint')
      .addColumn('created_ms', 'bigint', (column) => column.notNull())
      .addColumn('updated_ms', 'bigint')
      .execute();
    await schema
      .createIndex('migrations_by_creation')
      .on('migrations')
      .columns(['created_ms', 'id'])
      .execute();
    await schema
      .createIndex('migrations_by_server')
      .on('migrations')
      .columns(['server_id', 'id'])
      .execute();
  },
};
