import type { Migration } from '../migrate.ts';

export const consoleAuditIdsMigration: Migration = {
  name: '0027-console-audit-ids',
  async up(schema) {
    // Tokens from before were of no use: nothing served them.
    await schema
      .alterTable('console_tokens')
      .addColumn('audit_id', 'varchar(64)', (column) => column.notNull().defaultTo(''))
      .execute();
  },
};
