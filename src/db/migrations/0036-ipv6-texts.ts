import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../dialect.ts';
import type { Migration } from '../migrate.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

/**
 * Which IPv6 addresses have three given signs in a row (`network/addresses/signs.ts`): their text
 * leaves out zeros anywhere, so that a pattern over it means no ranges of numbers.
 */
export const ipv6TextsMigration: Migration = {
  name: '0036-ipv6-texts',
  async up(_schema, db) {
    await (isPostgres(db) ? indexTexts(db) : keepTexts(db));
  },
};

/** Where the database lacks the extension (0025), patterns are held against each IPv6 address. */
async function indexTexts(db: Db): Promise<void> {
  const { rows: seen } = await sql`
    select 1 from pg_opclass where opcname = 'gin_trgm_ops' and pg_opclass_is_visible(oid)`.execute(
    db,
  );
  // Entries that wait to be put in their places would all be read by each query.
  const [texts, options] =
    seen.length > 0
      ? ['using gin (address gin_trgm_ops)', 'with (fastupdate = off)']
      : ['(address)', ''];
  const index = `create index ipv6_texts on port_addresses ${texts} ${options}`;
  await sql.raw(`${index} where address like '%:%'`).execute(db);
}

/** With numbers of their own: row ids may change when a database is compacted. */
async function keepTexts(db: Db): Promise<void> {
  const trigrams = "tokenize = 'trigram case_sensitive 1', detail = 'none'";
  const forget = `delete from ipv6_texts where rowid =
      (select number from ipv6_addresses
        where network_id = old.network_id and address = old.address);
    delete from ipv6_addresses where network_id = old.network_id and address = old.address;`;
  const keep = `insert into ipv6_addresses (network_id, address)
      values (new.network_id, new.address);
    insert into ipv6_texts (rowid, address)
      select number, '<' || address || '>' from ipv6_addresses
      where network_id = new.network_id and address = new.address;`;
  for (const statement of [
    `create table ipv6_addresses (number integer primary key, network_id text not null,
      address text not null, unique (network_id, address))`,
    `create virtual table ipv6_texts using fts5 (address, content = '', contentless_delete = 1,
      ${trigrams})`,
    `insert into ipv6_addresses (network_id, address)
      select network_id, address from port_addresses where instr(address, ':')`,
    `insert into ipv6_texts (rowid, address)
      select number, '<' || address || '>' from ipv6_addresses`,
    `create trigger text_of_new_ipv6 after insert on port_addresses
      when instr(new.address, ':') begin ${keep} end`,
    `create trigger text_of_former_ipv6 after delete on port_addresses
      when instr(old.address, ':') begin ${forget} end`,
    `create trigger text_of_changed_ipv6 after update of network_id, address on port_addresses
      begin ${forget}
        insert into ipv6_addresses (network_id, address)
          select new.network_id, new.address where instr(new.address, ':');
        insert into ipv6_texts (rowid, address)
          select number, '<' || address || '>' from ipv6_addresses
          where network_id = new.network_id and address = new.address; end`,
  ]) {
    await sql.raw(statement).execute(db);
  }
}
