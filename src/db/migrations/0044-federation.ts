import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Whom else we believe who somebody is, and who they then are here. */
export const federationMigration: Migration = {
  name: '0044-federation',
  async up(schema) {
    await createProviders(schema);
    await createUsers(schema);
    await schema
      .createTable('service_providers')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('auth_url', 'text', (column) => column.notNull())
      .addColumn('sp_url', 'text', (column) => column.notNull())
      .addColumn('description', 'text')
      .addColumn('enabled', 'integer', (column) => column.notNull())
      .addColumn('relay_state_prefix', 'varchar(255)', (column) => column.notNull())
      .execute();
  },
};

async function createProviders(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('identity_providers')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('domain_id', 'varchar(64)', (column) =>
      column.notNull().references('projects.id').onDelete('cascade'),
    )
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('remote_ids', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('federation_mappings')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('rules', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('federation_protocols')
    .addColumn('idp_id', 'varchar(64)', (column) =>
      column.notNull().references('identity_providers.id').onDelete('cascade'),
    )
    .addColumn('id', 'varchar(64)', (column) => column.notNull())
    .addColumn('mapping_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('audiences', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('federation_protocols_key', ['idp_id', 'id'])
    .execute();
}

async function createUsers(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('federated_users')
    .addColumn('idp_id', 'varchar(64)', (column) =>
      column.notNull().references('identity_providers.id').onDelete('cascade'),
    )
    .addColumn('protocol_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('unique_id', 'varchar(255)', (column) => column.notNull())
    .addColumn('user_id', 'varchar(64)', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('federated_users_key', ['idp_id', 'protocol_id', 'unique_id'])
    .execute();
  await schema
    .createIndex('federated_users_by_user')
    .on('federated_users')
    .column('user_id')
    .execute();
  await schema
    .createTable('federated_members')
    .addColumn('user_id', 'varchar(64)', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('group_id', 'varchar(64)', (column) =>
      column.notNull().references('user_groups.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('federated_members_key', ['user_id', 'group_id'])
    .execute();
  await schema
    .createIndex('federated_members_by_group')
    .on('federated_members')
    .column('group_id')
    .execute();
}
