import type { Migration } from '../migrate.ts';

export const networkQuotasMigration: Migration = {
  name: '0024-network-quotas',
  async up(schema) {
    await schema
      .createTable('network_quotas')
      .addColumn('project_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('resource', 'varchar(64)', (column) => column.notNull())
      .addColumn('hard_limit', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('network_quotas_pk', ['project_id', 'resource'])
      .execute();
  },
};
