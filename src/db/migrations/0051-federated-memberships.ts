import type { Migration } from '../migrate.ts';

/** What a provider said of somebody's groups ends; what was said before this, at once. */
export const federatedMembershipsMigration: Migration = {
  name: '0051-federated-memberships',
  async up(schema) {
    await schema
      .alterTable('federated_members')
      .addColumn('until_ms', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    await schema
      .createIndex('federated_members_by_until_ms')
      .on('federated_members')
      .column('until_ms')
      .execute();
  },
};
