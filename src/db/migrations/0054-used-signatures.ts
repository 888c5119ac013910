import type { Migration } from '../migrate.ts';

/** Where several processes serve, each must know which signatures the others have seen. */
export const usedSignaturesMigration: Migration = {
  name: '0054-used-signatures',
  async up(schema) {
    await schema
      .createTable('used_signatures')
      .addColumn('signature', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('date_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createIndex('used_signatures_by_date')
      .on('used_signatures')
      .column('date_ms')
      .execute();
  },
};
