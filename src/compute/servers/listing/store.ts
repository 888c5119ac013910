import { setImmediate as otherWork } from 'node:timers/promises';
import type { ExpressionBuilder, ExpressionWrapper } from 'kysely';
import type { Queries } from '#db/database.ts';
import { preparedForList } from '#db/prepared.ts';
import type { Schema } from '#db/schema.ts';
import type { Server } from '../server.ts';
import { readerOfJson, type ServerRow, toServer } from '../store.ts';
import { type FewServers, fewServers, fewServersOf, onlyThese } from './few-store.ts';
import { conditionsOf } from './filter-store.ts';
import type { ColumnPattern, ServerFilter, ServerOrder, ServerPage } from './server-filter.ts';

type Servers = ExpressionBuilder<Schema, 'servers'>;
type Value = string | number;

/** Rows whose texts are looked at in one go; then others get their turn. */
const scannedRows = 500;

/** Databases disagree on where NULL sorts; here it counts as less than any value. */
const absentValues: Partial<Record<ServerOrder['column'], Value>> = {
  launched_ms: -1,
  terminated_ms: -1,
  description: '',
  task_state: '',
  host: '',
  availability_zone: '',
  key_name: '',
  locked_by: '',
};

/** Servers that the filter means, from the one after the marker. */
export async function listServers(
  db: Queries,
  filter: ServerFilter,
  page: ServerPage,
): Promise<Server[]> {
  if (page.limit === 0) return [];
  const order = completed(page.order);
  const after = page.marker === undefined ? undefined : await valuesOf(db, order, page.marker);
  const asked = { filter, order, few: await fewServersOf(db, filter) };
  const rows = needsLooking(filter)
    ? await rowsOf(db, await scan(db, asked, page.limit, after))
    : await ordered(db, asked, after).selectAll('servers').limit(page.limit).execute();
  const readJson = readerOfJson();
  return rows.map((row) => toServer(row as ServerRow, readJson));
}

/** Every order ends in something that differs, so that pages neither overlap nor skip. */
function completed(order: readonly ServerOrder[]): ServerOrder[] {
  const descending = order[0]?.descending ?? true;
  const last = { column: 'id', descending } as const;
  const known = new Set<string>();
  return [...order, last].filter(({ column }) => !known.has(column) && known.add(column));
}

function expressionOf(
  where: Servers,
  { column }: ServerOrder,
): ExpressionWrapper<Schema, 'servers', Value> {
  const absent = absentValues[column];
  if (absent === undefined) return where.ref(`servers.${column}`) as never;
  return where.fn.coalesce(`servers.${column}`, where.val(absent)) as never;
}

interface Asked {
  filter: ServerFilter;
  order: readonly ServerOrder[];
  few: FewServers | undefined;
}

function ordered(db: Queries, { filter, order, few }: Asked, after: readonly Value[] | undefined) {
  const servers = few
    ? (db.selectFrom((from) => onlyThese(from, few)) as never)
    : db.selectFrom('servers');
  let query = servers.where((where) => conditionsOf(where, filter));
  if (after) query = query.where((where) => follows(where, order, after));
  for (const term of order) {
    query = query.orderBy((where) => expressionOf(where, term), term.descending ? 'desc' : 'asc');
  }
  return query;
}

/** What the server stands at in this order. */
async function valuesOf(
  db: Queries,
  order: readonly ServerOrder[],
  id: string,
): Promise<Value[] | undefined> {
  const row = await db
    .selectFrom('servers')
    .select((where) => order.map((term, index) => expressionOf(where, term).as(`k${index}`)))
    .where('id', '=', id)
    .executeTakeFirst();
  return row && keysOf(row, order);
}

function keysOf(row: object, order: readonly ServerOrder[]): Value[] {
  return order.map((_, index) => (row as Record<string, Value>)[`k${index}`] ?? '');
}

/** Past the values in the first column that differs from them. */
function follows(where: Servers, order: readonly ServerOrder[], values: readonly Value[]) {
  const compare = (index: number, operator: '=' | '<' | '>' | '<=' | '>=') => {
    const term = order[index] as ServerOrder;
    return where(expressionOf(where, term), operator, values[index] as Value);
  };
  const past = order.map((term, index) =>
    where.and([
      ...order.slice(0, index).map((_, earlier) => compare(earlier, '=')),
      compare(index, term.descending ? '<' : '>'),
    ]),
  );
  // The first condition says nothing new, but an index can be entered by it.
  return where.and([compare(0, order[0]?.descending ? '<=' : '>='), where.or(past)]);
}

/** Some of it the database cannot decide. */
function needsLooking({ patterns = [], among }: ServerFilter): boolean {
  return patterns.length > 0 || (among !== undefined && among.size > fewServers);
}

/** Ids of the servers that the filter means, found by looking at slim rows, batch by batch. */
async function scan(
  db: Queries,
  asked: Asked,
  limit: number,
  start: readonly Value[] | undefined,
): Promise<string[]> {
  const { filter, order } = asked;
  const patterns = filter.patterns ?? [];
  const found: string[] = [];
  let after = start;
  for (;;) {
    const rows = await ordered(db, asked, after)
      .select('servers.id as id')
      .select((where) => order.map((term, index) => expressionOf(where, term).as(`k${index}`)))
      .select((where) => patterns.map(({ column }, at) => where.ref(column).as(`p${at}`)))
      .limit(scannedRows)
      .execute();
    for (const row of rows) {
      if (!isMeant(row as SlimRow, filter, patterns)) continue;
      found.push((row as SlimRow).id);
      if (found.length === limit) return found;
    }
    const last = rows.at(-1);
    if (rows.length < scannedRows || !last) return found;
    after = keysOf(last, order);
    await otherWork();
  }
}

type SlimRow = { id: string } & Record<string, Value | null>;

function isMeant(
  row: SlimRow,
  { among }: ServerFilter,
  patterns: readonly ColumnPattern[],
): boolean {
  if (among && !among.has(row.id)) return false;
  return patterns.every(({ pattern, write }, at) => {
    const value = row[`p${at}`] ?? null;
    if (value === null) return false;
    return pattern.matches(write ? write(Number(value)) : String(value));
  });
}

const selectRows = preparedForList((db, ids) =>
  db.selectFrom('servers').selectAll().where('id', 'in', ids),
);

/** In the order of the ids. */
async function rowsOf(db: Queries, ids: readonly string[]): Promise<ServerRow[]> {
  const rows: ServerRow[] = [];
  for (let start = 0; start < ids.length; start += 1000) {
    rows.push(...((await selectRows(db, ids.slice(start, start + 1000))) as ServerRow[]));
  }
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
