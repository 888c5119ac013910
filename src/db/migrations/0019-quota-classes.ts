import type { Migration } from '../migrate.ts';

export const quotaClassesMigration: Migration = {
  name: '0019-quota-classes',
  async up(schema) {
    await schema
      .createTable('quota_classes')
      .addColumn('class_name', 'varchar(255)', (column) => column.notNull())
      .addColumn('resource', 'varchar(64)', (column) => column.notNull())
      .addColumn('hard_limit', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('quota_classes_pk', ['class_name', 'resource'])
      .execute();
    await schema
      .createTable('user_quotas')
      .addColumn('project_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('user_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('resource', 'varchar(64)', (column) => column.notNull())
      .addColumn('hard_limit', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('user_quotas_pk', ['project_id', 'user_id', 'resource'])
      .execute();
  },
};
