import {
  type Expression,
  expressionBuilder,
  type SelectQueryBuilder,
  type Simplify,
  type SqlBool,
  sql,
} from 'kysely';
import type { Schema } from '#db/schema.ts';
import { textMatches } from '#db/text-filters.ts';
import type { NameFilters } from './names.ts';
import type { PageRequest } from './page.ts';

type Query<Table extends keyof Schema, Row> = SelectQueryBuilder<Schema, Table, Row>;

/** What a row needs for a place in the order of names, in which ids tell equal names apart. */
interface Named {
  id: string;
  name: string;
}

const where = expressionBuilder<{ named: Named }, 'named'>();

/**
 * Of the query's rows those that are called so, from where the page begins, by name and then id;
 * one more than the page holds, see `pageOf`. A marker that names nothing begins at the first.
 */
export async function rowsByName<Table extends keyof Schema, Row>(
  query: Query<Table, Row>,
  { name, nameFilters = [] }: NameFilters,
  page: PageRequest,
  find: (id: string) => Promise<Named | undefined>,
): Promise<Simplify<Row>[]> {
  let asked = query;
  if (name !== undefined) asked = asked.where(where('name', '=', name));
  for (const filter of nameFilters) asked = asked.where(textMatches('name', filter));
  const last = page.marker === undefined ? undefined : await find(page.marker);
  if (last) asked = asked.where(comesAfter(last));
  return asked
    .orderBy(sql.ref('name'))
    .orderBy(sql.ref('id'))
    .limit(page.limit + 1)
    .execute();
}

function comesAfter(last: Named): Expression<SqlBool> {
  return where.or([
    where('name', '>', last.name),
    where.and([where('name', '=', last.name), where('id', '>', last.id)]),
  ]);
}

/** The same by id alone, where rows have no names; the marker's need not be there any more. */
export async function rowsById<Table extends keyof Schema, Row>(
  query: Query<Table, Row>,
  page: PageRequest,
): Promise<Simplify<Row>[]> {
  const { marker } = page;
  const asked = marker === undefined ? query : query.where(where('id', '>', marker));
  return asked
    .orderBy(sql.ref('id'))
    .limit(page.limit + 1)
    .execute();
}
