import type { Migration } from '../migrate.ts';

/** What is left of a server on a host that does not answer: its wires, and perhaps its guest. */
export const guestsLeftBehindMigration: Migration = {
  name: '0055-guests-left-behind',
  async up(schema) {
    await schema
      .alterTable('evacuated_guests')
      .addColumn('port_ids', 'text', (column) => column.notNull().defaultTo('[]'))
      .execute();
    await schema
      .alterTable('evacuated_guests')
      .addColumn('may_run', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
