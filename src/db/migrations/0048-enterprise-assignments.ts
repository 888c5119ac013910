import type { Migration } from '../migrate.ts';

/** Policies granted on enterprise projects, which are known by their ids only. */
export const enterpriseAssignmentsMigration: Migration = {
  name: '0048-enterprise-assignments',
  async up(schema) {
    await schema
      .createTable('enterprise_assignments')
      .addColumn('actor_kind', 'varchar(8)', (column) => column.notNull())
      .addColumn('actor_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('domain_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('enterprise_project_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('role_id', 'varchar(64)', (column) =>
        column.notNull().references('roles.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('enterprise_assignments_key', [
        'actor_id',
        'enterprise_project_id',
        'role_id',
        'actor_kind',
      ])
      .execute();
    for (const column of ['domain_id', 'role_id']) {
      await schema
        .createIndex(`enterprise_assignments_by_${column}`)
        .on('enterprise_assignments')
        .column(column)
        .execute();
    }
  },
};
