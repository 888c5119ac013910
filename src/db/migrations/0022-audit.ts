import type { Migration } from '../migrate.ts';

/** Who did what, from where, and with which outcome. */
export const auditMigration: Migration = {
  name: '0022-audit',
  async up(schema) {
    await schema
      .createTable('audit_records')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('asked_ms', 'bigint', (column) => column.notNull())
      .addColumn('request_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('surface', 'varchar(64)', (column) => column.notNull())
      .addColumn('user_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('project_id', 'varchar(64)')
      .addColumn('address', 'varchar(64)', (column) => column.notNull())
      .addColumn('method', 'varchar(16)', (column) => column.notNull())
      .addColumn('call', 'varchar(255)', (column) => column.notNull())
      .addColumn('resource_id', 'varchar(255)')
      .addColumn('status', 'integer')
      .addColumn('refusal', 'varchar(64)')
      .execute();
    await schema
      .createIndex('audit_records_by_time')
      .on('audit_records')
      .columns(['asked_ms', 'id'])
      .execute();
  },
};
