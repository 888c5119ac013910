import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../dialect.ts';
import type { Migration } from '../migrate.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

/** What patterns are about, see `PatternColumn`. */
const texts = [
  'name',
  'description',
  'hostname',
  'host',
  'key_name',
  'reservation_id',
  'availability_zone',
  'access_ipv4',
  'access_ipv6',
  'locked_by',
];

/**
 * Which servers have three given signs in a row in one of these texts: a pattern that few match
 * is then held against few, however many servers there are.
 */
export const serverTextsMigration: Migration = {
  name: '0025-server-texts',
  async up(_schema, db) {
    await (isPostgres(db) ? indexTexts(db) : keepTexts(db));
  },
};

/** The database may lack the extension, or refuse it to us; then patterns cost what they did. */
async function indexTexts(db: Db): Promise<void> {
  const { rows: able } = await sql`
    select 1 from pg_available_extensions
    where name = 'pg_trgm' and has_database_privilege(current_database(), 'create')`.execute(db);
  if (able.length > 0) await sql`create extension if not exists pg_trgm`.execute(db);
  const { rows: seen } = await sql`
    select 1 from pg_opclass where opcname = 'gin_trgm_ops' and pg_opclass_is_visible(oid)`.execute(
    db,
  );
  if (seen.length === 0) return;
  const columns = texts.map((text) => `${text} gin_trgm_ops`).join(', ');
  await sql.raw(`create index servers_by_text on servers using gin (${columns})`).execute(db);
}

/** By `number`: row ids that are no column of their own may change when a database is compacted. */
async function keepTexts(db: Db): Promise<void> {
  const names = texts.join(', ');
  const write = `insert or replace into server_texts (rowid, ${names})`;
  const written = `${write} values (new.number, ${texts.map((text) => `new.${text}`).join(', ')});`;
  const trigrams = "tokenize = 'trigram case_sensitive 1', detail = 'column'";
  const options = `content = '', contentless_delete = 1, ${trigrams}`;
  for (const statement of [
    `create virtual table server_texts using fts5 (${names}, ${options})`,
    `${write} select number, ${names} from servers`,
    `create trigger texts_of_new_server after insert on servers begin ${written} end`,
    `create trigger texts_of_changed_server after update of ${names} on servers
      begin ${written} end`,
    `create trigger texts_of_removed_server after delete on servers
      begin delete from server_texts where rowid = old.number; end`,
  ]) {
    await sql.raw(statement).execute(db);
  }
}
