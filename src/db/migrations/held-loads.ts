import { type Kysely, PostgresAdapter, type SchemaModule, sql } from 'kysely';
import type { Schema } from '../schema.ts';

const columns = ['vcpus', 'memory_mib', 'disk_gib'] as const;

/** Tables whose rows hold something of a host, in the order in which they came. */
const holders = ['server_moves', 'evacuated_guests'] as const;
type Holder = (typeof holders)[number];

/**
 * From now on `host_loads` adds what rows of the table hold of hosts that their servers are not on.
 * A row stays while anything of the host is taken, so that servers and holders may go in any order.
 */
export async function keepHeldLoads(
  schema: SchemaModule,
  db: Kysely<Schema>,
  holder: Holder,
): Promise<void> {
  await schema
    .createIndex(`${holder}_load`)
    .on(holder)
    .columns(['held_host', ...columns.map((name) => `held_${name}` as const)])
    .execute();
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    const known = holders.slice(0, holders.indexOf(holder) + 1);
    await sql.raw(`create or replace view host_loads as ${sumsOf(known)}`).execute(db);
    return;
  }
  const loosened = holder === holders[0] ? looserTriggers() : [];
  for (const statement of [...loosened, ...heldTriggers(holder)]) {
    await sql.raw(statement).execute(db);
  }
}

function sumsOf(known: readonly Holder[]): string {
  const sum = (name: string, of = name) => `cast(sum(${of}) as bigint) as ${name}`;
  const own = columns.map((name) => sum(name)).join(', ');
  const held = columns.map((name) => sum(name, `held_${name}`)).join(', ');
  const others = known.map(
    (holder) => `
      union all
      select held_host, cast(0 as bigint), ${held} from ${holder} group by held_host`,
  );
  return `
    select host, ${['servers', ...columns].map((name) => sum(name)).join(', ')} from (
      select host, cast(count(*) as bigint) as servers, ${own}
      from servers where deleted_ms is null and host is not null group by host
      ${others.join('')}
    ) as taken group by host`;
}

const changes = (sign: string, row: string, prefix = '') =>
  columns.map((name) => `${name} = ${name} ${sign} ${row}.${prefix}${name}`).join(', ');

const removeEmpty = `
  delete from host_loads
  where host = old.host and servers = 0 and vcpus = 0 and memory_mib = 0 and disk_gib = 0;`;

/** Those of the servers' own loads, which took the row away with the last server. */
function looserTriggers(): string[] {
  const subtract = `
    update host_loads set servers = servers - 1, ${changes('-', 'old')} where host = old.host;
    ${removeEmpty}`;
  const update = 'update of host, vcpus, memory_mib, disk_gib, deleted_ms';
  const isLive = 'old.deleted_ms is null and old.host is not null';
  const replaced = (name: string, when: string) => [
    `drop trigger ${name}`,
    `create trigger ${name} after ${when} on servers when ${isLive} begin ${subtract} end`,
  ];
  return [
    ...replaced('load_of_removed_server', 'delete'),
    ...replaced('load_before_change', update),
  ];
}

function heldTriggers(holder: Holder): string[] {
  const values = columns.map((name) => `new.held_${name}`).join(', ');
  const add = `
    insert into host_loads values (new.held_host, 0, ${values})
    on conflict (host) do update set ${changes('+', 'new', 'held_')};`;
  const subtract = `
    update host_loads set ${changes('-', 'old', 'held_')} where host = old.held_host;
    ${removeEmpty.replace('old.host', 'old.held_host')}`;
  const trigger = (name: string, when: string, work: string) =>
    `create trigger ${name} after ${when} on ${holder} begin ${work} end`;
  const what = holder === 'server_moves' ? 'move' : 'evacuation';
  return [
    trigger(`held_by_new_${what}`, 'insert', add),
    trigger(`held_by_ended_${what}`, 'delete', subtract),
    trigger(`held_by_turned_${what}`, 'update of held_host', `${subtract} ${add}`),
  ];
}
