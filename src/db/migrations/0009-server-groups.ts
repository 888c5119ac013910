import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

export const serverGroupsMigration: Migration = {
  name: '0009-server-groups',
  async up(schema) {
    await createGroups(schema);
    await createMembers(schema);
  },
};

async function createGroups(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('server_groups')
    .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('project_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('user_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('policy', 'varchar(32)', (column) => column.notNull())
    .addColumn('max_per_host', 'integer')
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('server_groups_by_project')
    .on('server_groups')
    .columns(['project_id', 'created_ms', 'id'])
    .execute();
}

async function createMembers(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('server_group_members')
    .addColumn('server_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('group_id', 'varchar(36)', (column) => column.notNull())
    .addPrimaryKeyConstraint('server_group_members_pk', ['server_id', 'group_id'])
    .execute();
  await schema
    .createIndex('server_group_members_by_group')
    .on('server_group_members')
    .column('group_id')
    .execute();
}
