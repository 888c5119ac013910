import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** What lists are asked for by one value, and few servers may have (0015, 0034). */
const askedBy = [
  'vm_state',
  'flavor_id',
  'image_id',
  'user_id',
  'power_state',
  'task_state',
  'locked',
  'launch_index',
  'config_drive',
  'disk_config',
] as const;

/** So that administrators find a few servers among those of all projects, see 0015 and 0034. */
export const valuesOfAllMigration: Migration = {
  name: '0039-values-of-all',
  async up(schema) {
    for (const column of askedBy) {
      await schema
        .createIndex(`servers_of_all_by_${column}`)
        .on('servers')
        .columns(['deleted_ms', column, 'created_ms', 'id'])
        .execute();
    }
    // The order of a list may be that of the names.
    await schema
      .createIndex('servers_of_all_by_name')
      .on('servers')
      .columns(['deleted_ms', 'name', 'id'])
      .execute();
    await schema
      .createIndex('servers_of_all_by_update')
      .on('servers')
      .columns(['updated_ms', 'id'])
      .execute();
    for (const column of ['launched_ms', 'terminated_ms', 'deleted_ms'] as const) {
      await schema
        .createIndex(`servers_of_all_by_${column}`)
        .on('servers')
        .columns([column, 'id'])
        .where(sql.ref(column), 'is not', null)
        .execute();
    }
  },
};
