import { type SchemaModule, sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const identityMigration: Migration = {
  name: '0002-identity',
  async up(schema) {
    await createProjects(schema);
    await createUsers(schema);
    await createGroups(schema);
    await createRoles(schema);
    await createAssignments(schema);
    await createTokens(schema);
  },
};

async function createProjects(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('projects')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('domain_id', 'varchar(64)', (column) => column.references('projects.id'))
    .addColumn('parent_id', 'varchar(64)', (column) => column.references('projects.id'))
    .addColumn('is_domain', 'integer', (column) => column.notNull())
    .addColumn('name', 'varchar(64)', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('options', 'text', (column) => column.notNull())
    .addColumn('extra', 'text', (column) => column.notNull())
    .execute();
  // Names are unique within a domain, those of domains among domains.
  await schema
    .createIndex('projects_by_domain')
    .on('projects')
    .columns(['domain_id', 'name'])
    .unique()
    .where(sql.ref('is_domain'), '=', 0)
    .execute();
  await schema
    .createIndex('domains_by_name')
    .on('projects')
    .column('name')
    .unique()
    .where(sql.ref('is_domain'), '=', 1)
    .execute();
  await schema
    .createIndex('projects_by_name')
    .on('projects')
    .columns(['is_domain', 'name', 'id'])
    .execute();
  await schema.createIndex('projects_by_parent').on('projects').column('parent_id').execute();
}

async function createUsers(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('users')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('domain_id', 'varchar(64)', (column) => column.notNull().references('projects.id'))
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('default_project_id', 'varchar(64)')
    .addColumn('password_hash', 'varchar(255)')
    .addColumn('password_changed_ms', 'bigint')
    .addColumn('options', 'text', (column) => column.notNull())
    .addColumn('extra', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('users_by_domain')
    .on('users')
    .columns(['domain_id', 'name'])
    .unique()
    .execute();
  await schema.createIndex('users_by_name').on('users').columns(['name', 'id']).execute();
  await schema
    .createIndex('users_by_default_project')
    .on('users')
    .column('default_project_id')
    .execute();
}

async function createGroups(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('user_groups')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('domain_id', 'varchar(64)', (column) => column.notNull().references('projects.id'))
    .addColumn('name', 'varchar(64)', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('extra', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('user_groups_by_domain')
    .on('user_groups')
    .columns(['domain_id', 'name'])
    .unique()
    .execute();
  await schema
    .createIndex('user_groups_by_name')
    .on('user_groups')
    .columns(['name', 'id'])
    .execute();
  await schema
    .createTable('group_members')
    .addColumn('group_id', 'varchar(64)', (column) =>
      column.notNull().references('user_groups.id').onDelete('cascade'),
    )
    .addColumn('user_id', 'varchar(64)', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('group_members_key', ['group_id', 'user_id'])
    .execute();
  await schema
    .createIndex('group_members_by_user')
    .on('group_members')
    .columns(['user_id', 'group_id'])
    .execute();
}

async function createRoles(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('roles')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('domain_id', 'varchar(64)', (column) => column.references('projects.id'))
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('options', 'text', (column) => column.notNull())
    .addColumn('extra', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('global_roles_by_name')
    .on('roles')
    .column('name')
    .unique()
    .where(sql.ref('domain_id'), 'is', null)
    .execute();
  await schema
    .createIndex('roles_by_domain')
    .on('roles')
    .columns(['domain_id', 'name'])
    .unique()
    .execute();
  await schema.createIndex('roles_by_name').on('roles').columns(['name', 'id']).execute();
  await schema
    .createTable('implied_roles')
    .addColumn('prior_role_id', 'varchar(64)', (column) =>
      column.notNull().references('roles.id').onDelete('cascade'),
    )
    .addColumn('implied_role_id', 'varchar(64)', (column) =>
      column.notNull().references('roles.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('implied_roles_key', ['prior_role_id', 'implied_role_id'])
    .execute();
  await schema
    .createIndex('implied_roles_by_implied')
    .on('implied_roles')
    .column('implied_role_id')
    .execute();
}

async function createAssignments(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('role_assignments')
    .addColumn('actor_kind', 'varchar(8)', (column) => column.notNull())
    .addColumn('actor_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('target_id', 'varchar(64)', (column) =>
      column.notNull().references('projects.id').onDelete('cascade'),
    )
    .addColumn('role_id', 'varchar(64)', (column) =>
      column.notNull().references('roles.id').onDelete('cascade'),
    )
    .addColumn('is_inherited', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('role_assignments_key', [
      'actor_id',
      'target_id',
      'role_id',
      'is_inherited',
      'actor_kind',
    ])
    .execute();
  await schema
    .createIndex('role_assignments_by_target')
    .on('role_assignments')
    .column('target_id')
    .execute();
  await schema
    .createIndex('role_assignments_by_role')
    .on('role_assignments')
    .column('role_id')
    .execute();
}

async function createTokens(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('tokens')
    .addColumn('hash', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('user_id', 'varchar(64)', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('project_id', 'varchar(64)', (column) =>
      column.references('projects.id').onDelete('cascade'),
    )
    .addColumn('domain_id', 'varchar(64)', (column) =>
      column.references('projects.id').onDelete('cascade'),
    )
    .addColumn('methods', 'varchar(255)', (column) => column.notNull())
    .addColumn('audit_ids', 'varchar(255)', (column) => column.notNull())
    .addColumn('issued_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_ms', 'bigint', (column) => column.notNull())
    .execute();
  for (const column of ['user_id', 'project_id', 'domain_id', 'expires_ms']) {
    await schema.createIndex(`tokens_by_${column}`).on('tokens').column(column).execute();
  }
}
