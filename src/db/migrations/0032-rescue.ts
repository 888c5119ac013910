import type { Migration } from '../migrate.ts';

/** What a server was rescued with, for the case that it cannot leave that at once. */
export const rescueMigration: Migration = {
  name: '0032-rescue',
  async up(schema) {
    await schema.alterTable('servers').addColumn('rescue', 'text').execute();
  },
};
