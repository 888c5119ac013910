import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import type { TemporaryState } from './state.ts';

type Row = Record<string, SQLOutputValue>;

/** Of all seeded servers this many stand out, however many there are: what a filter looks for. */
const rareServers = 10;
const spacingMs = 1000;

/**
 * Writes servers into the database beside a running cloud, as copies of one that it made itself:
 * with port, address and group membership, but without the hours that the API would take. Nothing
 * runs for them on any host, so they are only good for being read.
 */
export class Seeding implements Disposable {
  #database: DatabaseSync;
  #inserts = new Map<string, StatementSync>();

  constructor(state: TemporaryState) {
    this.#database = new DatabaseSync(join(state.path, 'cumulet.sqlite'));
    this.#database.exec('pragma busy_timeout = 30000');
  }

  /** @param count how many servers there will be, with the one that is copied. */
  fillUpTo(count: number): void {
    const database = this.#database;
    database.exec('begin immediate');
    const known = Number(database.prepare('select count(*) as n from servers').get()?.n);
    const server = this.#one('select * from servers order by number limit 1', '');
    database.exec(`create temporary table if not exists plain as
      select flavor_id, image_id, user_id, availability_zone from servers order by number limit 1`);
    const port = this.#one('select * from ports where server_id = ?', server.id);
    const address = this.#one('select * from port_addresses where port_id = ?', port.id);
    const group = this.#one('select * from port_security_groups where port_id = ?', port.id);
    for (let index = known; index < count; index += 1) {
      const [id, portId] = [randomUUID(), randomUUID()];
      this.#insert('servers', copyOf(server, id, index, count));
      this.#insert('ports', portCopyOf(port, portId, id, index));
      // Outside of the subnet's pool, so that none of them is ever given to another server.
      const key = (0xf000_0000 + index).toString(16).padStart(32, '0');
      const text = [240, index >> 16, (index >> 8) & 255, index & 255].join('.');
      const place = { port_id: portId, address: text, address_key: key };
      this.#insert('port_addresses', { ...address, ...place });
      this.#insert('port_addresses', { ...address, port_id: portId, ...ipv6Of(index) });
      this.#insert('port_security_groups', { ...group, port_id: portId });
    }
    this.#markRare();
    database.exec('commit');
    database.exec('pragma wal_checkpoint(truncate)');
  }

  /** A change, after which the cloud has no answers left that it kept. */
  touch(): void {
    this.#database.exec('update hosts set seen_ms = seen_ms + 1');
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  /** Evenly among all of them, old and new. */
  #markRare(): void {
    this.#database.exec(`
      update servers set vm_state = 'active', name = 'seeded', reservation_id = 'r-seeded',
        updated_ms = created_ms, flavor_id = (select flavor_id from plain),
        image_id = (select image_id from plain), user_id = (select user_id from plain),
        power_state = 1, locked = 0, locked_by = null, config_drive = 0, key_name = null,
        description = null, availability_zone = (select availability_zone from plain),
        hostname = 'seeded', launch_index = 0, launched_ms = created_ms where name <> 'seeded';
      create temporary table if not exists rare (id text primary key);
      delete from rare;
      insert into rare
        select id from (
          select id, row_number() over (order by created_ms) as turn,
            count(*) over () / ${rareServers} as every from servers)
        where turn % every = 0 limit ${rareServers};
      update servers set vm_state = 'stopped', name = 'rare', reservation_id = 'r-rare',
        updated_ms = created_ms + 1000000000000, flavor_id = 'rare',
        image_id = '00000000-0000-4000-8000-000000000000', user_id = 'rare', power_state = 4,
        locked = 1, locked_by = 'owner', config_drive = 1, key_name = 'rare', description = 'rare',
        availability_zone = 'rare', hostname = 'rare', launch_index = 7, launched_ms = 0
        where id in (select id from rare);
      delete from server_tags;
      insert into server_tags (server_id, tag) select id, 'rare' from rare;
    `);
  }

  #one(sql: string, value: SQLOutputValue | undefined): Row {
    const statement = this.#database.prepare(sql);
    const row = sql.includes('?') ? statement.get(value ?? null) : statement.get();
    if (!row) throw new Error(`nothing to copy: ${sql}`);
    return row;
  }

  #insert(table: string, row: Row): void {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    const sql = `insert into ${table} (${names.join(', ')}) values (${marks})`;
    const statement = this.#inserts.get(table) ?? this.#database.prepare(sql);
    this.#inserts.set(table, statement);
    statement.run(...Object.values(row));
  }
}

function copyOf(server: Row, id: string, index: number, count: number): Row {
  const createdMs = Number(server.created_ms) - (count - index) * spacingMs;
  const times = { created_ms: createdMs, updated_ms: createdMs, launched_ms: createdMs };
  const name = { name: 'seeded', reservation_id: 'r-seeded', vm_state: 'active' };
  return { ...server, ...times, ...name, id, number: Number(server.number) + index };
}

function portCopyOf(port: Row, id: string, serverId: string, index: number): Row {
  const tail = [index >> 16, (index >> 8) & 255, index & 255];
  const hex = tail.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  return { ...port, id, server_id: serverId, device_id: serverId, mac_address: `02:00:00:${hex}` };
}

/** As a host gives itself one by its MAC, with numbers that look like any others. */
function ipv6Of(index: number): Row {
  const low = Number((BigInt(index) * 2_654_435_761n) & 0xff_ffffn)
    .toString(16)
    .padStart(6, '0');
  const groups = ['fd42', '1', '0', '0', 'f816', '3eff', `fe${low.slice(0, 2)}`, low.slice(2)];
  const key = groups.map((group) => group.padStart(4, '0')).join('');
  const tail = groups.slice(4).map((group) => group.replace(/^0+(?=.)/, ''));
  return { address: `fd42:1::${tail.join(':')}`, address_key: key, position: 1 };
}
