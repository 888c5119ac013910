import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Configurations of domains, their secrets apart; and which tokens ended early. */
export const domainConfigsMigration: Migration = {
  name: '0050-domain-configs',
  async up(schema) {
    await createOptions(schema, 'domain_config_options', 'value');
    await createOptions(schema, 'domain_config_secrets', 'sealed_value');
    await schema
      .createTable('revocation_events')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('revoked_ms', 'bigint', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createIndex('revocation_events_by_time')
      .on('revocation_events')
      .column('revoked_ms')
      .execute();
  },
};

async function createOptions(schema: SchemaModule, table: string, value: string): Promise<void> {
  await schema
    .createTable(table)
    .addColumn('id', 'varchar(255)', (column) => column.primaryKey())
    .addColumn('domain_id', 'varchar(64)', (column) =>
      column.notNull().references('projects.id').onDelete('cascade'),
    )
    .addColumn('group_name', 'varchar(64)', (column) => column.notNull())
    .addColumn('option_name', 'varchar(64)', (column) => column.notNull())
    .addColumn(value, 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex(`${table}_by_domain`).on(table).column('domain_id').execute();
}
