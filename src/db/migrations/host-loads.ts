import { type Kysely, type SchemaModule, sql } from 'kysely';
import { isPostgres } from '../dialect.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

const columns = ['vcpus', 'memory_mib', 'disk_gib'] as const;

const sums = sql.raw(
  columns.map((column) => `cast(sum(${column}) as bigint) as ${column}`).join(', '),
);

const sumsByHost = sql`
  select host, cast(count(*) as bigint) as servers, ${sums}
  from servers where deleted_ms is null and host is not null group by host`;

/**
 * `host_loads`: what live servers take of each host. On PostgreSQL it is a view, answered from an
 * index. SQLite, whose writers come one at a time, keeps it as a table that triggers change
 * together with the servers' rows, so that one placement need not add up all of them.
 */
export async function keepLoads(schema: SchemaModule, db: Db): Promise<void> {
  const index = schema.createIndex('servers_load').on('servers');
  const live = sql.ref('deleted_ms');
  if (isPostgres(db)) {
    await index
      .columns(['host', ...columns])
      .where(live, 'is', null)
      .execute();
    await sql`create view host_loads as ${sumsByHost}`.execute(db);
    return;
  }
  await index.column('host').where(live, 'is', null).execute();
  await sql`
    create table host_loads (
      host text primary key, servers integer, vcpus integer, memory_mib integer, disk_gib integer
    )`.execute(db);
  await sql`insert into host_loads ${sumsByHost}`.execute(db);
  for (const statement of loadTriggers()) await sql.raw(statement).execute(db);
}

function loadTriggers(): string[] {
  const isLive = (row: string) => `${row}.deleted_ms is null and ${row}.host is not null`;
  const changes = (sign: string, row: string) =>
    ['servers', ...columns]
      .map((name) => `${name} = ${name} ${sign} ${name === 'servers' ? '1' : `${row}.${name}`}`)
      .join(', ');
  const add = `
    insert into host_loads values (new.host, 1, new.vcpus, new.memory_mib, new.disk_gib)
    on conflict (host) do update set ${changes('+', 'new')};`;
  const subtract = `
    update host_loads set ${changes('-', 'old')} where host = old.host;
    delete from host_loads where host = old.host and servers = 0;`;
  const update = 'update of host, vcpus, memory_mib, disk_gib, deleted_ms';
  const trigger = (name: string, when: string, row: string, work: string) =>
    `create trigger ${name} after ${when} on servers when ${isLive(row)} begin ${work} end`;
  return [
    trigger('load_of_new_server', 'insert', 'new', add),
    trigger('load_of_removed_server', 'delete', 'old', subtract),
    trigger('load_before_change', update, 'old', subtract),
    trigger('load_after_change', update, 'new', add),
  ];
}

/** Tables that say what hosts are; they change seldom and are read at each placement. */
const hostTables = ['hosts', 'aggregate_hosts', 'aggregate_metadata'];

/** `host_changes` holds one number, which the database raises whenever one of them changes. */
export async function markChanges(schema: SchemaModule, db: Db): Promise<void> {
  await schema
    .createTable('host_changes')
    .addColumn('mark', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into host_changes values (0)`.execute(db);
  const raise = 'update host_changes set mark = mark + 1;';
  if (isPostgres(db)) {
    const body = `begin ${raise} return null; end`;
    const made = 'create function mark_host_change() returns trigger language plpgsql';
    await sql.raw(`${made} as $$ ${body} $$`).execute(db);
    for (const table of hostTables) {
      const when = `after insert or update or delete on ${table} for each statement`;
      const trigger = `create trigger host_change ${when} execute function mark_host_change()`;
      await sql.raw(trigger).execute(db);
    }
    return;
  }
  for (const table of hostTables) {
    for (const event of ['insert', 'update', 'delete']) {
      const name = `host_change_by_${event}_of_${table}`;
      const trigger = `create trigger ${name} after ${event} on ${table} begin ${raise} end`;
      await sql.raw(trigger).execute(db);
    }
  }
}
