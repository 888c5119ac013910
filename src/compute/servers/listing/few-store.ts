import { type ExpressionBuilder, sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import { isPostgres } from '#db/dialect.ts';
import { trigramsOf } from '#db/needed-text.ts';
import type { Schema } from '#db/schema.ts';
import { idsByValue } from './few-by-value-store.ts';
import type { ServerFilter } from './server-filter.ts';

type Db = ExpressionBuilder<Schema, never>;

/** Looked up one by one; where more may be meant, the order of the list finds a page sooner. */
export const fewServers = 500;

/** Servers among which all are that a filter means. */
export type FewServers =
  | { column: 'id'; values: readonly string[] }
  | { column: 'number'; values: readonly number[] };

/**
 * Looks where a filter leaves few servers whoever's they are: by address, by tag, by the signs in
 * a row that a pattern needs, and by values.
 * @returns undefined where none of these leaves few
 */
export async function fewServersOf(
  db: Queries,
  filter: ServerFilter,
): Promise<FewServers | undefined> {
  if (filter.among && filter.among.size <= fewServers) {
    return { column: 'id', values: [...filter.among] };
  }
  const found = (await fewByText(db, filter)) ?? (await fewByTag(db, filter));
  if (found) return found;
  const values = await idsByValue(db, filter, fewServers);
  return values && { column: 'id', values };
}

/** PostgreSQL keeps an index of such signs itself, and knows when to enter by it. */
async function fewByText(db: Queries, filter: ServerFilter): Promise<FewServers | undefined> {
  const terms = (filter.patterns ?? []).flatMap(({ column, pattern, write }) => {
    const trigrams = write ? null : trigramsOf(pattern.needed);
    return trigrams === null ? [] : `({${column}} : ${trigrams})`;
  });
  if (terms.length === 0 || isPostgres(db)) return undefined;
  const { rows } = await sql<{ number: number }>`
    select rowid as number from server_texts
    where server_texts match ${terms.join(' AND ')} limit ${fewServers + 1}`.execute(db);
  if (rows.length > fewServers) return undefined;
  return { column: 'number', values: rows.map((row) => row.number) };
}

async function fewByTag(db: Queries, { tags }: ServerFilter): Promise<FewServers | undefined> {
  const oneOf = tags?.all?.slice(0, 1) ?? tags?.any;
  if (!oneOf || oneOf.length === 0) return undefined;
  const rows = await db
    .selectFrom('server_tags')
    .select('server_id')
    .where('tag', 'in', oneOf)
    .limit(fewServers + 1)
    .execute();
  if (rows.length > fewServers) return undefined;
  return { column: 'id', values: [...new Set(rows.map((row) => row.server_id))] };
}

/**
 * Stands for the table of servers in a query. Its limit leaves out nobody; it is there so that
 * databases begin here instead of reading a project's servers in their order.
 */
export function onlyThese(db: Db, few: FewServers) {
  const servers = db.selectFrom('servers').selectAll();
  const found =
    few.values.length === 0
      ? servers.where('id', '=', '')
      : servers.where(few.column as 'id', 'in', few.values as string[]);
  return found.limit(fewServers + 1).as('servers');
}
