import { type Compilable, type CompiledQuery, sql } from 'kysely';
import type { Queries } from './database.ts';
import { isPostgres } from './dialect.ts';

/** Stands in a query where a value will be. */
class Slot {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/**
 * A query that is built and compiled once per database and afterwards only given values: for the
 * few reads that every request makes, where building costs more than running.
 * @param build gets as many slots as `slotCount` says and puts each where a value belongs.
 */
export function prepared<Row>(
  slotCount: number,
  build: (db: Queries, slots: readonly never[]) => Compilable<Row>,
): (db: Queries, values: readonly unknown[]) => Promise<Row[]> {
  const slots = Array.from({ length: slotCount }, (_, index) => new Slot(index));
  // A transaction shares the adapter of its database, and both the SQL that belongs to it.
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    const query = compiled.get(adapter) ?? build(db, slots as unknown as never[]).compile();
    compiled.set(adapter, query);
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Slot ? values[parameter.index] : parameter,
    );
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

const longestList = 1000;

/** Lengths of lists that have a query of their own; a list of another length is filled up. */
const listSizes = [1, 10, 100, longestList];

type Build<Row> = (db: Queries, slots: readonly never[]) => Compilable<Row>;
type Run<Row> = (db: Queries, values: readonly unknown[]) => Promise<Row[]>;

/**
 * The same for `column in (list)`. More than 1,000 values are asked for by the thousand, one after
 * another: an order of rows holds within each.
 */
export function preparedForList<Row>(build: Build<Row>): Run<Row> {
  const [oneJson, listed] = [preparedForJson(build), preparedBySize(build)];
  return async (db, values) => {
    const run = isPostgres(db) ? listed : oneJson;
    if (values.length <= longestList) return run(db, values);
    const rows: Row[] = [];
    for (let start = 0; start < values.length; start += longestList) {
      rows.push(...(await run(db, values.slice(start, start + longestList))));
    }
    return rows;
  };
}

/** SQLite reads lists of any length out of one parameter, which is less work than many. */
function preparedForJson<Row>(build: Build<Row>): Run<Row> {
  const run = prepared(1, (db, [slot]) => {
    const list = sql`select value from json_each(${slot})`;
    return build(db, [list as never]);
  });
  return async (db, values) => (values.length === 0 ? [] : run(db, [JSON.stringify(values)]));
}

/** The last value is repeated up to the next length there is, which changes no answer. */
function preparedBySize<Row>(build: Build<Row>): Run<Row> {
  const queries = listSizes.map((size) => ({ size, run: prepared(size, build) }));
  return async (db, values) => {
    if (values.length === 0) return [];
    const fitting = queries.find(({ size }) => size >= values.length);
    if (!fitting) throw new Error(`no query takes ${values.length} values`);
    const filling = Array(fitting.size - values.length).fill(values.at(-1));
    return fitting.run(db, [...values, ...filling]);
  };
}
