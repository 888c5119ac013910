import type { Migration } from '../migrate.ts';

export const userSecurityMigration: Migration = {
  name: '0040-user-security',
  async up(schema) {
    await schema.alterTable('users').addColumn('password_expires_ms', 'bigint').execute();
    await schema
      .alterTable('users')
      .addColumn('password_is_own', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await schema.alterTable('users').addColumn('last_active_ms', 'bigint').execute();
    await schema
      .createTable('former_passwords')
      .addColumn('user_id', 'varchar(64)', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('password_hash', 'varchar(255)', (column) => column.notNull())
      .addPrimaryKeyConstraint('former_passwords_key', ['user_id', 'sequence'])
      .execute();
    await schema
      .createTable('login_failures')
      .addColumn('subject', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('last_ms', 'bigint', (column) => column.notNull())
      .execute();
  },
};
