import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';
import { keepLoads, markChanges } from './host-loads.ts';

export const aggregatesMigration: Migration = {
  name: '0010-aggregates',
  async up(schema, db) {
    await createAggregates(schema);
    await describeHosts(schema);
    await keepLoads(schema, db);
    await markChanges(schema, db);
  },
};

async function createAggregates(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('aggregates')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('uuid', 'varchar(36)', (column) => column.notNull().unique())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_ms', 'bigint')
    .addColumn('deleted_ms', 'bigint')
    .execute();
  await schema
    .createTable('aggregate_hosts')
    .addColumn('aggregate_id', 'integer', (column) => column.notNull())
    .addColumn('host', 'varchar(255)', (column) => column.notNull())
    .addPrimaryKeyConstraint('aggregate_hosts_pk', ['aggregate_id', 'host'])
    .execute();
  await schema
    .createTable('aggregate_metadata')
    .addColumn('aggregate_id', 'integer', (column) => column.notNull())
    .addColumn('key', 'varchar(255)', (column) => column.notNull())
    .addColumn('value', 'varchar(255)', (column) => column.notNull())
    .addPrimaryKeyConstraint('aggregate_metadata_pk', ['aggregate_id', 'key'])
    .execute();
}

/** What images may ask of a host, how far it is promised, and whether a process serves it. */
async function describeHosts(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('hosts')
    .addColumn('architecture', 'varchar(32)', (column) => column.notNull().defaultTo('x86_64'))
    .execute();
  for (const [name, ratio] of [
    ['vcpus_ratio', 16],
    ['memory_ratio', 1.5],
    ['disk_ratio', 1],
  ] as const) {
    await schema
      .alterTable('hosts')
      .addColumn(name, 'double precision', (column) => column.notNull().defaultTo(ratio))
      .execute();
  }
  await schema
    .alterTable('hosts')
    .addColumn('served', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
}
