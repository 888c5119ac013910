import type { Migration } from '../migrate.ts';

export const hostCredentialsMigration: Migration = {
  name: '0028-host-credentials',
  async up(schema) {
    await schema
      .createTable('host_credentials')
      .addColumn('host', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .execute();
  },
};
