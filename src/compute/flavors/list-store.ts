import { type ExpressionBuilder, type ExpressionWrapper, sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { Flavor } from './flavor.ts';
import { toFlavor } from './store.ts';

/** Nova's names of what flavors may be sorted by, and the columns that hold it. */
export const flavorSortColumns = {
  flavorid: 'id',
  id: 'created_ms',
  name: 'name',
  memory_mb: 'memory_mib',
  vcpus: 'vcpus',
  root_gb: 'disk_gib',
  ephemeral_gb: 'ephemeral_gib',
  swap: 'swap_mib',
  rxtx_factor: 'rxtx_factor',
  is_public: 'is_public',
  disabled: 'disabled',
  description: 'description',
  created_at: 'created_ms',
  updated_at: 'updated_ms',
  // Nova's column of this name is never set, so that only the id orders.
  vcpu_weight: 'id',
} as const;

export type FlavorSortKey = keyof typeof flavorSortColumns;
type SortColumn = (typeof flavorSortColumns)[FlavorSortKey];

export interface FlavorFilter {
  /** Undefined: public and private ones alike. */
  isPublic: boolean | undefined;
  /** With `isPublic: true`, also the private flavors that this project may use. */
  usableByProjectId: string | null;
  withDisabled: boolean;
  minMemoryMib?: number;
  minDiskGib?: number;
  /** Pattern for LIKE over the name, with `\` as escape. */
  nameLike?: string;
}

export interface FlavorPage {
  sortKey: FlavorSortKey;
  descending: boolean;
  limit: number;
  /** The last flavor of the page before. */
  after?: Flavor;
}

type Expressions = ExpressionBuilder<Schema, 'flavors'>;
type Value = string | number;

/** Databases disagree on where NULL sorts, so an absent description counts as an empty one. */
function sortExpression(
  where: Expressions,
  column: SortColumn,
): ExpressionWrapper<Schema, 'flavors', Value> {
  if (column !== 'description') return where.ref(column) as never;
  return where.fn.coalesce(column, where.val('')) as never;
}

export async function listFlavors(
  db: Queries,
  filter: FlavorFilter,
  page: FlavorPage,
): Promise<Flavor[]> {
  if (page.limit === 0) return [];
  const column = flavorSortColumns[page.sortKey];
  const direction = page.descending ? 'desc' : 'asc';
  const rows = await db
    .selectFrom('flavors')
    .selectAll()
    .where((where) => matches(where, filter))
    .where((where) => follows(where, column, page))
    .orderBy((where) => sortExpression(where, column), direction)
    .orderBy('id', direction)
    .limit(page.limit)
    .execute();
  return rows.map(toFlavor);
}

function matches(where: Expressions, filter: FlavorFilter) {
  const terms = [where.lit(true)] as ReturnType<Expressions['and']>[];
  if (filter.isPublic === false) terms.push(where('is_public', '=', 0) as never);
  if (filter.isPublic === true) terms.push(isUsable(where, filter.usableByProjectId) as never);
  if (!filter.withDisabled) terms.push(where('disabled', '=', 0) as never);
  if (filter.minMemoryMib !== undefined) {
    terms.push(where('memory_mib', '>=', filter.minMemoryMib) as never);
  }
  if (filter.minDiskGib !== undefined) {
    terms.push(where('disk_gib', '>=', filter.minDiskGib) as never);
  }
  if (filter.nameLike !== undefined) {
    terms.push(sql`name like ${filter.nameLike} escape '\\'` as never);
  }
  return where.and(terms);
}

function isUsable(where: Expressions, projectId: string | null) {
  const isPublic = where('is_public', '=', 1);
  if (projectId === null) return isPublic;
  const granted = where
    .selectFrom('flavor_access')
    .select('flavor_id')
    .where('project_id', '=', projectId);
  return where.or([isPublic, where('id', 'in', granted)]);
}

function follows(where: Expressions, column: SortColumn, page: FlavorPage) {
  const { after } = page;
  if (!after) return where.and([]);
  const compare = page.descending ? '<' : '>';
  const last = sortValue(after, column);
  const key = sortExpression(where, column);
  return where.or([
    where(key, compare, last),
    where.and([where(key, '=', last), where('id', compare, after.id)]),
  ]);
}

const sortValues: Record<SortColumn, (flavor: Flavor) => Value> = {
  id: (flavor) => flavor.id,
  name: (flavor) => flavor.name,
  memory_mib: (flavor) => flavor.memoryMib,
  vcpus: (flavor) => flavor.vcpus,
  disk_gib: (flavor) => flavor.diskGib,
  ephemeral_gib: (flavor) => flavor.ephemeralGib,
  swap_mib: (flavor) => flavor.swapMib,
  rxtx_factor: (flavor) => flavor.rxtxFactor,
  is_public: (flavor) => (flavor.isPublic ? 1 : 0),
  disabled: (flavor) => (flavor.isDisabled ? 1 : 0),
  description: (flavor) => flavor.description ?? '',
  created_ms: (flavor) => flavor.createdMs,
  updated_ms: (flavor) => flavor.updatedMs,
};

function sortValue(flavor: Flavor, column: SortColumn): Value {
  return sortValues[column](flavor);
}
