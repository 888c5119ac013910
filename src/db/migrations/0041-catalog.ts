import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

/**
 * What administrators add to the catalog. What we serve ourselves stands in no row, so that rows
 * refer to services and regions without a foreign key.
 */
export const catalogMigration: Migration = {
  name: '0041-catalog',
  async up(schema) {
    await createCatalog(schema);
    await createLimits(schema);
    await schema
      .createTable('policy_blobs')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('type', 'varchar(255)', (column) => column.notNull())
      .addColumn('blob', 'text', (column) => column.notNull())
      .addColumn('extra', 'text', (column) => column.notNull())
      .execute();
  },
};

async function createCatalog(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('regions')
    .addColumn('id', 'varchar(255)', (column) => column.primaryKey())
    .addColumn('parent_id', 'varchar(255)')
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('extra', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('catalog_services')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('type', 'varchar(255)', (column) => column.notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('extra', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('catalog_endpoints')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('service_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('region_id', 'varchar(255)')
    .addColumn('interface', 'varchar(8)', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('extra', 'text', (column) => column.notNull())
    .execute();
}

async function createLimits(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('registered_limits')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('service_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('region_id', 'varchar(255)')
    .addColumn('resource_name', 'varchar(255)', (column) => column.notNull())
    .addColumn('default_limit', 'integer', (column) => column.notNull())
    .addColumn('description', 'text')
    .execute();
  await schema
    .createTable('limits')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('registered_limit_id', 'varchar(64)', (column) =>
      column.notNull().references('registered_limits.id'),
    )
    .addColumn('owner_id', 'varchar(64)', (column) =>
      column.notNull().references('projects.id').onDelete('cascade'),
    )
    .addColumn('resource_limit', 'integer', (column) => column.notNull())
    .addColumn('description', 'text')
    .addUniqueConstraint('limits_once', ['owner_id', 'registered_limit_id'])
    .execute();
  await schema
    .createIndex('limits_by_registered')
    .on('limits')
    .column('registered_limit_id')
    .execute();
}
