import type { Migration } from '../migrate.ts';

export const serverPasswordMigration: Migration = {
  name: '0012-server-password',
  async up(schema) {
    await schema
      .createTable('server_passwords')
      .addColumn('server_id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('encrypted', 'text', (column) => column.notNull())
      .addColumn('set_ms', 'bigint', (column) => column.notNull())
      .execute();
  },
};
