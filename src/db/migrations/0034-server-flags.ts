import type { Migration } from '../migrate.ts';

/** What lists are asked for by one value, and few servers may have. */
const askedBy = [
  'user_id',
  'power_state',
  'task_state',
  'locked',
  'launch_index',
  'config_drive',
  'disk_config',
] as const;

/** Like those of 0015: what few servers match is found without reading the others. */
export const serverFlagsMigration: Migration = {
  name: '0034-server-flags',
  async up(schema) {
    for (const column of askedBy) {
      await schema
        .createIndex(`servers_by_${column}`)
        .on('servers')
        .columns(['project_id', 'deleted_ms', column, 'created_ms', 'id'])
        .execute();
    }
  },
};
