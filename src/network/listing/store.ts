import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { ListScope } from '#policy/engine.ts';
import { networkErrors } from '../errors.ts';
import type { ListQuery } from './query.ts';

export type Condition = RawBuilder<SqlBool>;

/** How one attribute of the API is asked of the database. */
export type Filter =
  | { kind: 'text' | 'integer' | 'boolean'; column: string }
  /** For what is not a column of the table; such an attribute cannot be sorted by. */
  | { kind: 'condition'; matches(values: readonly string[]): Condition };

export type Filters = Readonly<Record<string, Filter>>;

export const text = (column: string): Filter => ({ kind: 'text', column });
export const integer = (column: string): Filter => ({ kind: 'integer', column });
export const boolean = (column: string): Filter => ({ kind: 'boolean', column });
export const condition = (matches: (values: readonly string[]) => Condition): Filter => ({
  kind: 'condition',
  matches,
});

export const nothing: Condition = sql<SqlBool>`1 = 0`;
export const everything: Condition = sql<SqlBool>`1 = 1`;

/** For attributes that no resource here ever has. */
export const alwaysFalse: Filter = condition((values) =>
  values.some((value) => /^(false|0)$/i.test(value)) ? everything : nothing,
);

/** No resource has tags yet, so that none matches wanted ones and all match unwanted ones. */
const tagFilters: Filters = {
  tags: condition(() => nothing),
  'tags-any': condition(() => nothing),
  'not-tags': condition(() => everything),
  'not-tags-any': condition(() => everything),
};

/** Attributes that every resource has. */
export const standardFilters: Filters = {
  id: text('id'),
  project_id: text('project_id'),
  tenant_id: text('project_id'),
  description: text('description'),
  revision_number: integer('revision_number'),
  ...tagFilters,
};

/** What a list shows where projects see nothing but their own. */
export function ownedIn(scope: ListScope): Condition {
  return scope.everyProject ? everything : sql`project_id = ${scope.projectId ?? ''}`;
}

/** Columns in the table: `created_at` is what the API calls the time of creation. */
const sortOnly: Readonly<Record<string, string>> = {
  created_at: 'created_ms',
  updated_at: 'updated_ms',
};

interface SortColumn {
  column: string;
  descending: boolean;
}

/**
 * One page of a table: what `visible` lets through, what the filters ask for, after the marker,
 * in the wanted order with the id as the last word.
 * @throws HTTPBadRequest for unknown filters, sort keys or markers.
 */
export async function listRows<Table extends keyof Schema>(
  db: Queries,
  table: Table,
  filters: Filters,
  visible: Condition,
  query: ListQuery,
): Promise<Schema[Table][]> {
  const order = sortColumns(filters, query);
  const conditions = [visible, ...filterConditions(filters, query)];
  if (query.marker !== undefined) {
    conditions.push(await afterMarker(db, table, visible, order, query.marker));
  }
  const sorted = order.map(({ column, descending }) =>
    descending ? sql`${sortable(column)} desc` : sql`${sortable(column)} asc`,
  );
  const result = await sql<Schema[Table]>`
    select * from ${sql.table(table)}
    where ${sql.join(conditions, sql` and `)}
    order by ${sql.join(sorted)}
    limit ${query.limit}`.execute(db);
  return query.reverse ? result.rows.reverse() : result.rows;
}

function filterConditions(filters: Filters, query: ListQuery): Condition[] {
  return [...query.filters].map(([name, values]) => {
    const filter = own(filters, name);
    if (!filter) {
      const reason = `'${name.slice(0, 64)}' is invalid attribute for filtering`;
      throw networkErrors.invalidAttribute({ name: 'filters', reason });
    }
    return filter.kind === 'condition'
      ? filter.matches(values)
      : columnMatches(filter.column, filter.kind, values);
  });
}

function columnMatches(
  column: string,
  kind: 'text' | 'integer' | 'boolean',
  values: readonly string[],
): Condition {
  const wanted: (string | number)[] = values.flatMap((value): (string | number)[] => {
    if (kind === 'text') return [value];
    if (kind === 'boolean') return /^(true|1|false|0)$/i.test(value) ? [isTrue(value) ? 1 : 0] : [];
    return /^-?\d{1,9}$/.test(value) ? [Number(value)] : [];
  });
  if (wanted.length === 0) return nothing;
  const among = sql<SqlBool>`${sql.ref(column)} in (${sql.join(wanted)})`;
  // An empty value asks for what is not set.
  if (kind !== 'text' || !wanted.includes('')) return among;
  return sql<SqlBool>`(${among} or ${sql.ref(column)} is null)`;
}

/** Names come from clients: what every object inherits is no attribute. */
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function isTrue(value: string): boolean {
  return /^(true|1)$/i.test(value);
}

function sortColumns(filters: Filters, query: ListQuery): SortColumn[] {
  const asked = query.sort.map(({ attribute, descending }) => {
    const filter = own(filters, attribute);
    const column =
      own(sortOnly, attribute) ??
      (filter && filter.kind !== 'condition' ? filter.column : undefined);
    if (column === undefined) {
      const reason = `'${attribute.slice(0, 64)}' is invalid attribute for sort_key`;
      throw networkErrors.invalidAttribute({ name: 'sort_keys', reason });
    }
    return { column, descending };
  });
  // Without a wish the oldest comes first: a stable order that people can follow.
  const order = asked.length > 0 ? asked : [{ column: 'created_ms', descending: false }];
  const complete = [...order, { column: 'id', descending: false }];
  return query.reverse
    ? complete.map(({ column, descending }) => ({ column, descending: !descending }))
    : complete;
}

const nullableNumbers = new Set(['port_range_min', 'port_range_max']);
const nullableTexts = new Set([
  'gateway_ip',
  'protocol',
  'remote_group_id',
  'remote_ip_prefix',
  'normalized_cidr',
  'ipv6_ra_mode',
  'ipv6_address_mode',
]);

/** Comparisons with null are neither true nor false: what is not set counts as the least. */
function sortable(column: string): RawBuilder<unknown> {
  if (nullableNumbers.has(column)) return sql`coalesce(${sql.ref(column)}, -1)`;
  if (nullableTexts.has(column)) return sql`coalesce(${sql.ref(column)}, '')`;
  return sql.ref(column);
}

/** Rows that stand behind the marker in the order: greater in the first column that differs. */
async function afterMarker(
  db: Queries,
  table: keyof Schema,
  visible: Condition,
  order: readonly SortColumn[],
  marker: string,
): Promise<Condition> {
  const selected = order.map(
    ({ column }, index) => sql`${sortable(column)} as ${sql.ref(`k${index}`)}`,
  );
  const found = await sql<Record<string, string | number>>`
    select ${sql.join(selected)} from ${sql.table(table)}
    where id = ${marker} and ${visible}`.execute(db);
  const [keys] = found.rows;
  if (!keys) {
    const reason = `marker ${marker.slice(0, 64)} could not be found`;
    throw networkErrors.invalidAttribute({ name: 'marker', reason });
  }
  const alternatives = order.map(({ column, descending }, index) => {
    const same = order
      .slice(0, index)
      .map((earlier, at) => sql`${sortable(earlier.column)} = ${keys[`k${at}`]}`);
    const value = keys[`k${index}`];
    const beyond = descending
      ? sql`${sortable(column)} < ${value}`
      : sql`${sortable(column)} > ${value}`;
    return sql`(${sql.join([...same, beyond], sql` and `)})`;
  });
  return sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`;
}
