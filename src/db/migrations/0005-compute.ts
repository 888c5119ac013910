import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

export const computeMigration: Migration = {
  name: '0005-compute',
  async up(schema) {
    await createServers(schema);
    await createInstanceActions(schema);
    await createHosts(schema);
  },
};

async function createServers(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('servers')
    .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('number', 'bigint', (column) => column.notNull().unique())
    .addColumn('project_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('user_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('description', 'varchar(255)')
    .addColumn('hostname', 'varchar(255)', (column) => column.notNull())
    .addColumn('vm_state', 'varchar(32)', (column) => column.notNull())
    .addColumn('task_state', 'varchar(32)')
    .addColumn('power_state', 'integer', (column) => column.notNull())
    .addColumn('flavor', 'text', (column) => column.notNull())
    .addColumn('flavor_id', 'varchar(255)', (column) => column.notNull())
    .addColumn('vcpus', 'integer', (column) => column.notNull())
    .addColumn('memory_mib', 'integer', (column) => column.notNull())
    .addColumn('disk_gib', 'integer', (column) => column.notNull())
    .addColumn('image_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('image_properties', 'text', (column) => column.notNull())
    .addColumn('key_name', 'varchar(255)')
    .addColumn('key_public', 'text')
    .addColumn('user_data', 'text')
    .addColumn('metadata', 'text', (column) => column.notNull())
    .addColumn('config_drive', 'integer', (column) => column.notNull())
    .addColumn('pinned_zone', 'varchar(255)')
    .addColumn('availability_zone', 'varchar(255)')
    .addColumn('host', 'varchar(255)')
    .addColumn('access_ipv4', 'varchar(64)', (column) => column.notNull())
    .addColumn('access_ipv6', 'varchar(64)', (column) => column.notNull())
    .addColumn('disk_config', 'varchar(8)', (column) => column.notNull())
    .addColumn('reservation_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('launch_index', 'integer', (column) => column.notNull())
    .addColumn('locked', 'integer', (column) => column.notNull())
    .addColumn('locked_reason', 'varchar(255)')
    .addColumn('fault', 'text')
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_ms', 'bigint', (column) => column.notNull())
    .addColumn('launched_ms', 'bigint')
    .addColumn('terminated_ms', 'bigint')
    .addColumn('deleted_ms', 'bigint')
    .execute();
  // Every list is of one project or of all, alive or deleted, in order of creation. What servers
  // take stands in the indices too: each creation sums it up, for the quota and for the hosts.
  await schema
    .createIndex('servers_by_project')
    .on('servers')
    .columns(['project_id', 'deleted_ms', 'created_ms', 'id', 'vcpus', 'memory_mib'])
    .execute();
  await schema
    .createIndex('servers_by_creation')
    .on('servers')
    .columns(['deleted_ms', 'created_ms', 'id'])
    .execute();
  await schema
    .createIndex('servers_by_host')
    .on('servers')
    .columns(['deleted_ms', 'host', 'vcpus', 'memory_mib', 'disk_gib'])
    .execute();
}

async function createInstanceActions(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('instance_actions')
    .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('server_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('project_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('user_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('request_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('action', 'varchar(64)', (column) => column.notNull())
    .addColumn('message', 'text')
    .addColumn('started_ms', 'bigint', (column) => column.notNull())
    .addColumn('finished_ms', 'bigint')
    .execute();
  await schema
    .createIndex('instance_actions_by_server')
    .on('instance_actions')
    .columns(['server_id', 'started_ms'])
    .execute();
}

async function createHosts(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('hosts')
    .addColumn('name', 'varchar(255)', (column) => column.primaryKey())
    .addColumn('availability_zone', 'varchar(255)', (column) => column.notNull())
    .addColumn('hypervisor', 'varchar(32)', (column) => column.notNull())
    .addColumn('vcpus', 'integer', (column) => column.notNull())
    .addColumn('memory_mib', 'bigint', (column) => column.notNull())
    .addColumn('disk_gib', 'bigint', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('seen_ms', 'bigint', (column) => column.notNull())
    .execute();
}
