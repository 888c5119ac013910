import type { Migration } from '../migrate.ts';

/** What was refused to whom nobody knows, counted instead of kept one by one. */
export const refusedCallsMigration: Migration = {
  name: '0056-refused-calls',
  async up(schema) {
    await schema
      .createTable('refused_calls')
      .addColumn('key', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('address', 'varchar(64)')
      .addColumn('surface', 'varchar(64)')
      .addColumn('method', 'varchar(16)')
      .addColumn('call', 'varchar(255)')
      .addColumn('status', 'integer')
      .addColumn('refusal', 'varchar(64)')
      .addColumn('user_id', 'varchar(64)')
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('first_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_ms', 'bigint', (column) => column.notNull())
      .addColumn('request_id', 'varchar(64)', (column) => column.notNull())
      .execute();
    await schema
      .createIndex('refused_calls_by_time')
      .on('refused_calls')
      .columns(['first_ms', 'key'])
      .execute();
  },
};
