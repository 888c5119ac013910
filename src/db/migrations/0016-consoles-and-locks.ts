import type { Migration } from '../migrate.ts';

export const consolesAndLocksMigration: Migration = {
  name: '0016-consoles-and-locks',
  async up(schema) {
    await schema
      .createTable('console_tokens')
      .addColumn('token_hash', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('server_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('user_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('type', 'varchar(32)', (column) => column.notNull())
      .addColumn('expires_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createIndex('console_tokens_by_expiry')
      .on('console_tokens')
      .column('expires_ms')
      .execute();
    await schema.alterTable('servers').addColumn('locked_by', 'varchar(8)').execute();
  },
};
