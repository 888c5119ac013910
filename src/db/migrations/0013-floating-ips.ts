import type { Migration } from '../migrate.ts';

/** Addresses of external networks lent to ports, and the tags of servers' network cards. */
export const floatingIpsMigration: Migration = {
  name: '0013-floating-ips',
  async up(schema) {
    await schema.alterTable('ports').addColumn('nic_tag', 'varchar(60)').execute();
    await schema
      .createTable('floating_ips')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('description', 'varchar(255)', (column) => column.notNull())
      .addColumn('revision_number', 'integer', (column) => column.notNull())
      .addColumn('created_ms', 'bigint', (column) => column.notNull())
      .addColumn('updated_ms', 'bigint', (column) => column.notNull())
      .addColumn('network_id', 'varchar(36)', (column) =>
        column.notNull().references('networks.id').onDelete('restrict'),
      )
      .addColumn('address', 'varchar(64)', (column) => column.notNull())
      .addColumn('fixed_port_id', 'varchar(36)', (column) =>
        column.references('ports.id').onDelete('set null'),
      )
      .addColumn('fixed_address', 'varchar(64)')
      .addColumn('router_id', 'varchar(36)')
      .addColumn('status', 'varchar(16)', (column) => column.notNull())
      .execute();
    const indexes: [string, string[]][] = [
      ['floating_ips_by_project_id', ['project_id', 'created_ms', 'id']],
      ['floating_ips_by_fixed_port_id', ['fixed_port_id', 'fixed_address']],
      ['floating_ips_by_router_id', ['router_id']],
    ];
    for (const [name, columns] of indexes) {
      await schema.createIndex(name).on('floating_ips').columns(columns).execute();
    }
    await schema
      .createIndex('floating_ips_unique_address')
      .on('floating_ips')
      .columns(['network_id', 'address'])
      .unique()
      .execute();
  },
};
