import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/**
 * A pattern over addresses means a few ranges of numbers, or of their last two numbers
 * (`network/addresses/ranges.ts`); what is asked of those in a range stands in the index too.
 */
export const addressIndexMigration: Migration = {
  name: '0030-address-index',
  async up(schema) {
    await schema
      .createIndex('port_addresses_by_key')
      .on('port_addresses')
      .columns(['address_key', 'address', 'port_id'])
      .execute();
    await schema
      .createIndex('port_addresses_by_tail')
      .on('port_addresses')
      .expression(sql`substr(address_key, 29), address, port_id`)
      .execute();
  },
};
