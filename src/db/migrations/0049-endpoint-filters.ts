import type { Migration } from '../migrate.ts';

/**
 * Which addresses of the catalog a project sees, and which policy text is whose. Addresses,
 * services and regions that we are ourselves stand in no row, so that nothing here refers to them
 * by a foreign key.
 */
export const endpointFiltersMigration: Migration = {
  name: '0049-endpoint-filters',
  async up(schema) {
    await schema
      .createTable('endpoint_groups')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('name', 'varchar(255)', (column) => column.notNull())
      .addColumn('description', 'text')
      .addColumn('filters', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('project_endpoints')
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('endpoint_id', 'varchar(64)', (column) => column.notNull())
      .addPrimaryKeyConstraint('project_endpoints_key', ['project_id', 'endpoint_id'])
      .execute();
    await schema
      .createIndex('project_endpoints_by_endpoint')
      .on('project_endpoints')
      .column('endpoint_id')
      .execute();
    await schema
      .createTable('project_endpoint_groups')
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('endpoint_group_id', 'varchar(64)', (column) =>
        column.notNull().references('endpoint_groups.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('project_endpoint_groups_key', ['project_id', 'endpoint_group_id'])
      .execute();
    await schema
      .createIndex('project_endpoint_groups_by_group')
      .on('project_endpoint_groups')
      .column('endpoint_group_id')
      .execute();
    await schema
      .createTable('policy_associations')
      .addColumn('endpoint_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('service_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('region_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('policy_id', 'varchar(64)', (column) =>
        column.notNull().references('policy_blobs.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('policy_associations_key', [
        'endpoint_id',
        'service_id',
        'region_id',
      ])
      .execute();
    await schema
      .createIndex('policy_associations_by_policy')
      .on('policy_associations')
      .column('policy_id')
      .execute();
  },
};
