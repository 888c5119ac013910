import type { Migration } from '../migrate.ts';

/** What lists are asked for by one value; the newest with that value are then found at once. */
const askedBy = ['vm_state', 'flavor_id', 'image_id'] as const;

/** What lists are asked for by a pattern: this has to be looked at, server by server. */
const lookedAt = ['name', 'hostname', 'reservation_id', 'key_name'] as const;

const listOrder = ['created_ms', 'id'] as const;

/**
 * So that a filter which few servers pass costs little more among many servers than among few.
 * Each index begins with what every list of a project says, and comes in the order of lists.
 */
export const serverIndicesMigration: Migration = {
  name: '0015-server-indices',
  async up(schema) {
    for (const column of askedBy) {
      await schema
        .createIndex(`servers_by_${column}`)
        .on('servers')
        .columns(['project_id', 'deleted_ms', column, ...listOrder])
        .execute();
    }
    // The order of a list may be that of the names.
    await schema
      .createIndex('servers_by_name')
      .on('servers')
      .columns(['project_id', 'deleted_ms', 'name', 'id'])
      .execute();
    // An administrator asks for the servers of a host, whosever they are.
    await schema
      .createIndex('servers_of_host')
      .on('servers')
      .columns(['deleted_ms', 'host', ...listOrder])
      .execute();
    // Patterns are held against the index alone, which is a tenth of the table.
    await schema
      .createIndex('servers_looked_at')
      .on('servers')
      .columns(['project_id', 'deleted_ms', ...listOrder, ...lookedAt])
      .execute();
    // `changes-since` asks for deleted ones too.
    await schema
      .createIndex('servers_by_update')
      .on('servers')
      .columns(['project_id', 'updated_ms'])
      .execute();
  },
};
