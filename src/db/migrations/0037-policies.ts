import type { Migration } from '../migrate.ts';

/** Roles carry what they grant: a document in the code by its name, or one that somebody wrote. */
export const policiesMigration: Migration = {
  name: '0037-policies',
  async up(schema, db) {
    await schema.alterTable('roles').addColumn('system_policy', 'varchar(64)').execute();
    await schema.alterTable('roles').addColumn('custom_policy', 'text').execute();
    await schema
      .createIndex('roles_by_system_policy')
      .on('roles')
      .column('system_policy')
      .unique()
      .execute();
    for (const name of ['admin', 'member', 'reader']) {
      await db
        .updateTable('roles')
        .set({ system_policy: name })
        .where('name', '=', name)
        .where('domain_id', 'is', null)
        .execute();
    }
  },
};
