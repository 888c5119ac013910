import { type Expression, type SqlBool, sql } from 'kysely';

/** Part of a text that a list is asked for. */
export interface TextFilter {
  at: 'anywhere' | 'start' | 'end';
  ignoresCase: boolean;
  text: string;
}

/** Without LIKE: the two databases disagree about case there, and `%` has a meaning. */
export function textMatches(column: string, filter: TextFilter): Expression<SqlBool> {
  const folded = filter.ignoresCase;
  const value = folded ? sql`lower(${sql.ref(column)})` : sql.ref(column);
  const text = sql.val(folded ? filter.text.toLowerCase() : filter.text);
  if (filter.text === '') return sql<SqlBool>`1 = 1`;
  // Databases count characters where JavaScript counts halves of some.
  const length = [...filter.text].length;
  if (filter.at === 'start') return sql<SqlBool>`substr(${value}, 1, ${sql.lit(length)}) = ${text}`;
  if (filter.at === 'anywhere') return sql<SqlBool>`replace(${value}, ${text}, '') <> ${value}`;
  const [whole, part] = [sql`length(${value})`, sql.lit(length)];
  const end = sql`substr(${value}, ${whole} - ${part} + 1)`;
  return sql<SqlBool>`${whole} >= ${part} and ${end} = ${text}`;
}

/**
 * Whether a column that holds a JSON array of texts without commas has this one. The texts are
 * told apart by the comma or bracket before each and the quotes around it.
 */
export function jsonListHas(column: string, text: string): Expression<SqlBool> {
  const list = sql`',' || substr(${sql.ref(column)}, 2)`;
  return sql<SqlBool>`replace(${list}, ${`,${JSON.stringify(text)}`}, '') <> ${list}`;
}
