import type { Migration } from '../migrate.ts';

export const instanceActionEventsMigration: Migration = {
  name: '0011-instance-action-events',
  async up(schema, db) {
    await schema
      .createTable('instance_action_events')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('action_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('name', 'varchar(255)', (column) => column.notNull())
      .addColumn('host', 'varchar(255)')
      .addColumn('started_ms', 'bigint', (column) => column.notNull())
      .addColumn('finished_ms', 'bigint')
      .addColumn('result', 'varchar(16)')
      .addColumn('details', 'text')
      .execute();
    await schema
      .createIndex('instance_action_events_by_action')
      .on('instance_action_events')
      .columns(['action_id', 'name'])
      .execute();
    await schema.alterTable('instance_actions').addColumn('updated_ms', 'bigint').execute();
    await db
      .updateTable('instance_actions')
      .set(({ fn, ref }) => ({ updated_ms: fn.coalesce(ref('finished_ms'), ref('started_ms')) }))
      .execute();
  },
};
