import type { Migration } from '../migrate.ts';

export const userSecretsMigration: Migration = {
  name: '0042-user-secrets',
  async up(schema) {
    await schema
      .createTable('credentials')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('user_id', 'varchar(64)', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('project_id', 'varchar(64)')
      .addColumn('type', 'varchar(255)', (column) => column.notNull())
      .addColumn('sealed_blob', 'text', (column) => column.notNull())
      .addColumn('used_step', 'bigint')
      .execute();
    await schema
      .createIndex('credentials_by_user')
      .on('credentials')
      .columns(['user_id', 'type'])
      .execute();
  },
};
