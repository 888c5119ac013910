import type { Migration } from '../migrate.ts';

/** Keys by which requests are signed; their secrets are sealed. */
export const accessKeysMigration: Migration = {
  name: '0038-access-keys',
  async up(schema) {
    await schema
      .createTable('access_keys')
      .addColumn('access', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('user_id', 'varchar(64)', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('sealed_secret', 'text', (column) => column.notNull())
      .addColumn('description', 'varchar(255)', (column) => column.notNull())
      .addColumn('is_active', 'integer', (column) => column.notNull())
      .addColumn('created_ms', 'bigint', (column) => column.notNull())
      .addColumn('used_ms', 'bigint')
      .execute();
    await schema.createIndex('access_keys_by_user').on('access_keys').column('user_id').execute();
  },
};
