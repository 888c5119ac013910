import type { Migration } from '../migrate.ts';

export const serverDetailsMigration: Migration = {
  name: '0007-server-details',
  async up(schema) {
    for (const column of ['scheduler_hints', 'trusted_certificates']) {
      await schema.alterTable('servers').addColumn(column, 'text').execute();
    }
    // Apart from the servers, so that lists do not read them.
    await schema
      .createTable('server_files')
      .addColumn('server_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('contents', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('server_files_pk', ['server_id', 'position'])
      .execute();
  },
};
