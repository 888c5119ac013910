import type { Migration } from '../migrate.ts';

export const serverTagsMigration: Migration = {
  name: '0008-server-tags',
  async up(schema) {
    await schema
      .createTable('server_tags')
      .addColumn('server_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('tag', 'varchar(80)', (column) => column.notNull())
      .addPrimaryKeyConstraint('server_tags_pk', ['server_id', 'tag'])
      .execute();
    // Lists are filtered by tag.
    await schema
      .createIndex('server_tags_by_tag')
      .on('server_tags')
      .columns(['tag', 'server_id'])
      .execute();
  },
};
