import type { Migration } from '../migrate.ts';

/** By which users let others act for them, and the tokens that come from that. */
export const trustsMigration: Migration = {
  name: '0046-trusts',
  async up(schema) {
    await schema
      .createTable('trusts')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('trustor_user_id', 'varchar(64)', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('trustee_user_id', 'varchar(64)', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.references('projects.id').onDelete('cascade'),
      )
      .addColumn('impersonation', 'integer', (column) => column.notNull())
      .addColumn('expires_ms', 'bigint')
      .addColumn('remaining_uses', 'integer')
      .addColumn('redelegation_count', 'integer', (column) => column.notNull())
      .addColumn('redelegated_trust_id', 'varchar(64)', (column) =>
        column.references('trusts.id').onDelete('cascade'),
      )
      .execute();
    const references = ['trustor_user_id', 'trustee_user_id', 'project_id', 'redelegated_trust_id'];
    for (const column of references) {
      await schema.createIndex(`trusts_by_${column}`).on('trusts').column(column).execute();
    }
    await schema
      .createTable('trust_roles')
      .addColumn('trust_id', 'varchar(64)', (column) =>
        column.notNull().references('trusts.id').onDelete('cascade'),
      )
      .addColumn('role_id', 'varchar(64)', (column) =>
        column.notNull().references('roles.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('trust_roles_key', ['trust_id', 'role_id'])
      .execute();
    await schema.createIndex('trust_roles_by_role').on('trust_roles').column('role_id').execute();
    await schema
      .alterTable('tokens')
      .addColumn('trust_id', 'varchar(64)', (column) =>
        column.references('trusts.id').onDelete('cascade'),
      )
      .execute();
    await schema.createIndex('tokens_by_trust_id').on('tokens').column('trust_id').execute();
  },
};
