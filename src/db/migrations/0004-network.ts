import type { CreateTableBuilder, SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

export const networkMigration: Migration = {
  name: '0004-network',
  async up(schema) {
    await createNetworks(schema);
    await createSubnets(schema);
    await createPorts(schema);
    await createPortAddresses(schema);
    await createSecurityGroups(schema);
    await createSecurityGroupRules(schema);
    await createPortSecurityGroups(schema);
    await createRouters(schema);
    await schema
      .createTable('network_seeds')
      .addColumn('name', 'varchar(64)', (column) => column.primaryKey())
      .execute();
  },
};

/** What every resource has; lists are read in the order of creation within a project. */
function resourceTable(schema: SchemaModule, name: string): CreateTableBuilder<string, never> {
  return schema
    .createTable(name)
    .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('project_id', 'varchar(255)', (column) => column.notNull())
    .addColumn('description', 'varchar(255)', (column) => column.notNull())
    .addColumn('revision_number', 'integer', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_ms', 'bigint', (column) => column.notNull());
}

async function index(schema: SchemaModule, table: string, columns: string[]): Promise<void> {
  const name = `${table}_by_${columns[0]}`;
  await schema.createIndex(name).on(table).columns(columns).execute();
}

async function unique(schema: SchemaModule, table: string, columns: string[]): Promise<void> {
  const name = `${table}_unique_${columns.at(-1)}`;
  await schema.createIndex(name).on(table).columns(columns).unique().execute();
}

async function createNetworks(schema: SchemaModule): Promise<void> {
  await resourceTable(schema, 'networks')
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('admin_state_up', 'integer', (column) => column.notNull())
    .addColumn('shared', 'integer', (column) => column.notNull())
    .addColumn('external', 'integer', (column) => column.notNull())
    .addColumn('mtu', 'integer', (column) => column.notNull())
    .addColumn('port_security_enabled', 'integer', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .execute();
  await index(schema, 'networks', ['project_id', 'created_ms', 'id']);
  await index(schema, 'networks', ['shared', 'external']);
  await index(schema, 'networks', ['name']);
}

async function createSubnets(schema: SchemaModule): Promise<void> {
  await resourceTable(schema, 'subnets')
    .addColumn('network_id', 'varchar(36)', (column) =>
      column.notNull().references('networks.id').onDelete('restrict'),
    )
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('ip_version', 'integer', (column) => column.notNull())
    .addColumn('cidr', 'varchar(64)', (column) => column.notNull())
    .addColumn('gateway_ip', 'varchar(64)')
    .addColumn('enable_dhcp', 'integer', (column) => column.notNull())
    .addColumn('allocation_pools', 'text', (column) => column.notNull())
    .addColumn('dns_nameservers', 'text', (column) => column.notNull())
    .addColumn('host_routes', 'text', (column) => column.notNull())
    .addColumn('ipv6_ra_mode', 'varchar(32)')
    .addColumn('ipv6_address_mode', 'varchar(32)')
    .execute();
  await index(schema, 'subnets', ['project_id', 'created_ms', 'id']);
  await index(schema, 'subnets', ['network_id']);
}

async function createPorts(schema: SchemaModule): Promise<void> {
  await resourceTable(schema, 'ports')
    .addColumn('network_id', 'varchar(36)', (column) =>
      column.notNull().references('networks.id').onDelete('restrict'),
    )
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('admin_state_up', 'integer', (column) => column.notNull())
    .addColumn('mac_address', 'varchar(17)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('device_id', 'varchar(255)', (column) => column.notNull())
    .addColumn('device_owner', 'varchar(255)', (column) => column.notNull())
    .addColumn('host_id', 'varchar(255)', (column) => column.notNull())
    .addColumn('vnic_type', 'varchar(32)', (column) => column.notNull())
    .addColumn('binding_profile', 'text', (column) => column.notNull())
    .addColumn('port_security_enabled', 'integer', (column) => column.notNull())
    .addColumn('allowed_address_pairs', 'text', (column) => column.notNull())
    .addColumn('dns_name', 'varchar(255)', (column) => column.notNull())
    .addColumn('server_id', 'varchar(36)')
    .addColumn('server_index', 'integer')
    .addColumn('made_for_server', 'integer', (column) => column.notNull())
    .execute();
  await index(schema, 'ports', ['project_id', 'created_ms', 'id']);
  await index(schema, 'ports', ['device_id', 'device_owner']);
  await unique(schema, 'ports', ['network_id', 'mac_address']);
  await unique(schema, 'ports', ['server_id', 'server_index']);
}

async function createPortAddresses(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('port_addresses')
    .addColumn('network_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('address', 'varchar(45)', (column) => column.notNull())
    .addColumn('address_key', 'varchar(32)', (column) => column.notNull())
    .addColumn('subnet_id', 'varchar(36)', (column) =>
      column.notNull().references('subnets.id').onDelete('restrict'),
    )
    .addColumn('port_id', 'varchar(36)', (column) =>
      column.notNull().references('ports.id').onDelete('cascade'),
    )
    .addColumn('position', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('port_addresses_key', ['network_id', 'address'])
    .execute();
  await index(schema, 'port_addresses', ['subnet_id', 'address_key']);
  await index(schema, 'port_addresses', ['port_id', 'position']);
  await index(schema, 'port_addresses', ['address']);
}

async function createSecurityGroups(schema: SchemaModule): Promise<void> {
  await resourceTable(schema, 'security_groups')
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('stateful', 'integer', (column) => column.notNull())
    .addColumn('default_of', 'varchar(255)')
    .execute();
  await index(schema, 'security_groups', ['project_id', 'created_ms', 'id']);
  await unique(schema, 'security_groups', ['default_of']);
}

async function createSecurityGroupRules(schema: SchemaModule): Promise<void> {
  await resourceTable(schema, 'security_group_rules')
    .addColumn('security_group_id', 'varchar(36)', (column) =>
      column.notNull().references('security_groups.id').onDelete('cascade'),
    )
    .addColumn('direction', 'varchar(16)', (column) => column.notNull())
    .addColumn('ethertype', 'varchar(8)', (column) => column.notNull())
    .addColumn('protocol', 'varchar(32)')
    .addColumn('port_range_min', 'integer')
    .addColumn('port_range_max', 'integer')
    .addColumn('remote_group_id', 'varchar(36)', (column) =>
      column.references('security_groups.id').onDelete('cascade'),
    )
    .addColumn('remote_ip_prefix', 'varchar(64)')
    .addColumn('normalized_cidr', 'varchar(64)')
    .addColumn('meaning', 'varchar(255)', (column) => column.notNull())
    .execute();
  await index(schema, 'security_group_rules', ['project_id', 'created_ms', 'id']);
  await index(schema, 'security_group_rules', ['remote_group_id']);
  await unique(schema, 'security_group_rules', ['security_group_id', 'meaning']);
}

async function createPortSecurityGroups(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('port_security_groups')
    .addColumn('port_id', 'varchar(36)', (column) =>
      column.notNull().references('ports.id').onDelete('cascade'),
    )
    .addColumn('security_group_id', 'varchar(36)', (column) =>
      column.notNull().references('security_groups.id').onDelete('restrict'),
    )
    .addColumn('position', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('port_security_groups_key', ['port_id', 'security_group_id'])
    .execute();
  await index(schema, 'port_security_groups', ['security_group_id']);
}

async function createRouters(schema: SchemaModule): Promise<void> {
  await resourceTable(schema, 'routers')
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('admin_state_up', 'integer', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('external_network_id', 'varchar(36)', (column) =>
      column.references('networks.id').onDelete('restrict'),
    )
    .addColumn('enable_snat', 'integer', (column) => column.notNull())
    .execute();
  await index(schema, 'routers', ['project_id', 'created_ms', 'id']);
  await index(schema, 'routers', ['external_network_id']);
}
