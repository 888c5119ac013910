import type { Migration } from '../migrate.ts';

export const operationsMigration: Migration = {
  name: '0001-operations',
  async up(schema) {
    await schema
      .createTable('operations')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('sequence', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'varchar(64)', (column) => column.notNull())
      .addColumn('subject', 'varchar(64)', (column) => column.notNull())
      .addColumn('project_id', 'varchar(64)')
      .addColumn('request_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('input', 'text', (column) => column.notNull())
      .addColumn('state', 'varchar(16)', (column) => column.notNull())
      .addColumn('step', 'integer', (column) => column.notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('error', 'text')
      .addColumn('created_ms', 'bigint', (column) => column.notNull())
      .addColumn('updated_ms', 'bigint', (column) => column.notNull())
      .addColumn('deadline_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createIndex('operations_by_state')
      .on('operations')
      .columns(['state', 'sequence'])
      .execute();
    await schema
      .createIndex('operations_by_sequence')
      .on('operations')
      .column('sequence')
      .unique()
      .execute();
    await schema
      .createIndex('operations_by_subject')
      .on('operations')
      .columns(['subject', 'sequence'])
      .execute();
  },
};
