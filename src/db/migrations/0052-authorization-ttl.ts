import type { Migration } from '../migrate.ts';

/** How long what a provider says of somebody's groups holds. */
export const authorizationTtlMigration: Migration = {
  name: '0052-authorization-ttl',
  async up(schema) {
    await schema
      .alterTable('identity_providers')
      .addColumn('authorization_minutes', 'integer')
      .execute();
  },
};
