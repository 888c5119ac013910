import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

/**
 * Hosts get what administrators know them by, and what was decided about them; the services that
 * decide rather than run servers get rows of their own.
 */
export const servicesMigration: Migration = {
  name: '0020-services',
  async up(schema) {
    await describeHosts(schema);
    await schema
      .createTable('control_services')
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('uuid', 'varchar(36)', (column) => column.notNull().unique())
      .addColumn('binary_name', 'varchar(64)', (column) => column.notNull())
      .addColumn('host', 'varchar(255)', (column) => column.notNull())
      .addColumn('enabled', 'integer', (column) => column.notNull())
      .addColumn('disabled_reason', 'varchar(255)')
      .addColumn('forced_down', 'integer', (column) => column.notNull())
      .addColumn('seen_ms', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('control_services_name', ['host', 'binary_name'])
      .execute();
    // Usage is summed up project by project, over servers that are long gone as well.
    await schema
      .createIndex('servers_by_usage')
      .on('servers')
      .columns(['project_id', 'id'])
      .execute();
  },
};

/** Numbers and UUIDs are given when a host is registered next. */
async function describeHosts(schema: SchemaModule): Promise<void> {
  const texts = [
    ['uuid', 36, ''],
    ['service_uuid', 36, ''],
    ['address', 64, '127.0.0.1'],
  ] as const;
  const numbers = ['number', 'forced_down', 'hypervisor_version'] as const;
  for (const [name, length, value] of texts) {
    await schema
      .alterTable('hosts')
      .addColumn(name, `varchar(${length})`, (column) => column.notNull().defaultTo(value))
      .execute();
  }
  for (const name of numbers) {
    await schema
      .alterTable('hosts')
      .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await schema.alterTable('hosts').addColumn('disabled_reason', 'varchar(255)').execute();
  await schema
    .alterTable('hosts')
    .addColumn('cpu_info', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
}
