import type { Migration } from '../migrate.ts';

/** Roles on the deployment itself, and tokens whose scope that is. */
export const systemScopeMigration: Migration = {
  name: '0035-system-scope',
  async up(schema) {
    await schema
      .createTable('system_assignments')
      .addColumn('actor_kind', 'varchar(8)', (column) => column.notNull())
      .addColumn('actor_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('role_id', 'varchar(64)', (column) =>
        column.notNull().references('roles.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('system_assignments_key', ['actor_id', 'role_id', 'actor_kind'])
      .execute();
    await schema
      .createIndex('system_assignments_by_role')
      .on('system_assignments')
      .column('role_id')
      .execute();
    await schema
      .alterTable('tokens')
      .addColumn('is_system', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
