import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Secrets with some of a user's roles, and the tokens that come from them. */
export const applicationCredentialsMigration: Migration = {
  name: '0045-application-credentials',
  async up(schema) {
    await createCredentials(schema);
    await createAccessRules(schema);
    await schema
      .alterTable('tokens')
      .addColumn('application_credential_id', 'varchar(64)', (column) =>
        column.references('application_credentials.id').onDelete('cascade'),
      )
      .execute();
    await schema
      .createIndex('tokens_by_application_credential_id')
      .on('tokens')
      .column('application_credential_id')
      .execute();
  },
};

async function createCredentials(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('application_credentials')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('user_id', 'varchar(64)', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('project_id', 'varchar(64)', (column) =>
      column.notNull().references('projects.id').onDelete('cascade'),
    )
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('secret_hash', 'varchar(255)', (column) => column.notNull())
    .addColumn('unrestricted', 'integer', (column) => column.notNull())
    .addColumn('has_access_rules', 'integer', (column) => column.notNull())
    .addColumn('expires_ms', 'bigint')
    .addUniqueConstraint('application_credentials_names', ['user_id', 'name'])
    .execute();
  await schema
    .createIndex('application_credentials_by_project')
    .on('application_credentials')
    .column('project_id')
    .execute();
  await createPairs(schema, 'application_credential_roles', 'role_id', 'roles.id');
}

async function createAccessRules(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('access_rules')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('user_id', 'varchar(64)', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('service', 'varchar(64)', (column) => column.notNull())
    .addColumn('method', 'varchar(16)', (column) => column.notNull())
    .addColumn('path', 'varchar(255)', (column) => column.notNull())
    .addUniqueConstraint('access_rules_once', ['user_id', 'service', 'path', 'method'])
    .execute();
  await createPairs(schema, 'application_credential_rules', 'rule_id', 'access_rules.id');
}

/** What belongs to a credential, with the way back. */
async function createPairs(
  schema: SchemaModule,
  table: string,
  other: string,
  reference: string,
): Promise<void> {
  await schema
    .createTable(table)
    .addColumn('credential_id', 'varchar(64)', (column) =>
      column.notNull().references('application_credentials.id').onDelete('cascade'),
    )
    .addColumn(other, 'varchar(64)', (column) =>
      column.notNull().references(reference).onDelete('cascade'),
    )
    .addPrimaryKeyConstraint(`${table}_key`, ['credential_id', other])
    .execute();
  await schema.createIndex(`${table}_by_${other}`).on(table).column(other).execute();
}
