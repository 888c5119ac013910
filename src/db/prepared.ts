import type { Compilable, CompiledQuery } from 'kysely';
import type { Queries } from './database.ts';

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

/**
 * The same for `column in (list)`. The last value is repeated up to the next length there is,
 * which changes no answer. More than 1,000 values are asked for by the thousand, one after
 * another: an order of rows holds within each.
 */
export function preparedForList<Row>(
  build: (db: Queries, slots: readonly never[]) => Compilable<Row>,
): (db: Queries, values: readonly unknown[]) => Promise<Row[]> {
  const queries = listSizes.map((size) => ({ size, run: prepared(size, build) }));
  return async (db, values) => {
    const rows: Row[] = [];
    for (let start = 0; start < values.length; start += longestList) {
      const part = values.slice(start, start + longestList);
      const fitting = queries.find(({ size }) => size >= part.length);
      if (!fitting) throw new Error(`no query takes ${part.length} values`);
      const filling = Array(fitting.size - part.length).fill(part.at(-1));
      const found = await fitting.run(db, [...part, ...filling]);
      if (values.length <= longestList) return found;
      rows.push(...found);
    }
    return rows;
  };
}
