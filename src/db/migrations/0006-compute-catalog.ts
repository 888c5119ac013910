import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

export const computeCatalogMigration: Migration = {
  name: '0006-compute-catalog',
  async up(schema) {
    await createFlavors(schema);
    await createKeypairs(schema);
    await createProjectQuotas(schema);
  },
};

async function createFlavors(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('flavors')
    .addColumn('id', 'varchar(255)', (column) => column.primaryKey())
    .addColumn('name', 'varchar(255)', (column) => column.notNull().unique())
    .addColumn('description', 'text')
    .addColumn('vcpus', 'integer', (column) => column.notNull())
    .addColumn('memory_mib', 'integer', (column) => column.notNull())
    .addColumn('disk_gib', 'integer', (column) => column.notNull())
    .addColumn('ephemeral_gib', 'integer', (column) => column.notNull())
    .addColumn('swap_mib', 'integer', (column) => column.notNull())
    .addColumn('rxtx_factor', 'double precision', (column) => column.notNull())
    .addColumn('is_public', 'integer', (column) => column.notNull())
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('extra_specs', 'text', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('flavor_access')
    .addColumn('flavor_id', 'varchar(255)', (column) => column.notNull())
    .addColumn('project_id', 'varchar(255)', (column) => column.notNull())
    .addPrimaryKeyConstraint('flavor_access_pk', ['flavor_id', 'project_id'])
    .execute();
  await schema
    .createIndex('flavor_access_by_project')
    .on('flavor_access')
    .column('project_id')
    .execute();
}

async function createKeypairs(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('keypairs')
    .addColumn('number', 'bigint', (column) => column.notNull().unique())
    .addColumn('user_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('type', 'varchar(8)', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'varchar(255)', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('keypairs_pk', ['user_id', 'name'])
    .execute();
}

async function createProjectQuotas(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('project_quotas')
    .addColumn('project_id', 'varchar(255)', (column) => column.notNull())
    .addColumn('resource', 'varchar(64)', (column) => column.notNull())
    .addColumn('hard_limit', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('project_quotas_pk', ['project_id', 'resource'])
    .execute();
}
