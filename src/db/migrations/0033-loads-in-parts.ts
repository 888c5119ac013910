import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../dialect.ts';
import type { Migration } from '../migrate.ts';
import type { Schema } from '../schema.ts';

const columns = ['vcpus', 'memory_mib', 'disk_gib'] as const;

const partOf = (servers: string, prefix: string) => {
  const sums = columns.map((name) => `cast(sum(${prefix}${name}) as bigint) as ${name}`);
  return [`cast(${servers} as bigint) as servers`, ...sums].join(', ');
};

/**
 * The view that PostgreSQL answers at each placement says what servers take of a host and what is
 * held there in rows of their own: adding them up once more took it a third of the time, and hardly
 * any host has more than one.
 */
export const loadsInPartsMigration: Migration = {
  name: '0033-loads-in-parts',
  async up(_schema, db: Kysely<Schema>) {
    if (!isPostgres(db)) return;
    const held = ['server_moves', 'evacuated_guests'].map(
      (holder) => `
        union all
        select held_host, ${partOf('0', 'held_')} from ${holder} group by held_host`,
    );
    await sql
      .raw(`
        create or replace view host_loads as
        select host, ${partOf('count(*)', '')}
        from servers where deleted_ms is null and host is not null group by host
        ${held.join('')}`)
      .execute(db);
  },
};
