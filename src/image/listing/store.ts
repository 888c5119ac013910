import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { ListScope } from '#policy/engine.ts';
import type { Image } from '../images/image.ts';
import { type ImageRow, withDetails } from '../images/store.ts';
import type { ImageFilter, TextFilterName } from './filter.ts';
import type { SortKey, SortName } from './sorting.ts';

type Build = ExpressionBuilder<Schema, 'images'>;

export interface ImagePage {
  scope: ListScope;
  filter: ImageFilter;
  sorting: readonly SortKey[];
  /** The page begins after this image. */
  after: Image | undefined;
  limit: number;
}

export async function listImages(db: Queries, page: ImagePage): Promise<Image[]> {
  let query = db
    .selectFrom('images')
    .selectAll()
    .where((build) => build.and(scopeRules(build, page)))
    .where((build) => build.and(filterRules(build, page.filter)))
    .limit(page.limit);
  const { after } = page;
  if (after) query = query.where((build) => startsAfter(build, page.sorting, after));
  for (const { name, direction } of page.sorting) {
    query = query.orderBy(sortColumns[name].expression(), direction);
  }
  const rows: ImageRow[] = await query.execute();
  return withDetails(db, rows);
}

/** What this project may see, and of that what it is shown unasked. */
function scopeRules(build: Build, { scope, filter }: ImagePage): Expression<SqlBool>[] {
  const rules: Expression<SqlBool>[] = [];
  const mine = scope.projectId === null ? [] : [build('owner_id', '=', scope.projectId)];
  if (!scope.everyProject) {
    const open = build('visibility', 'in', ['public', 'community']);
    rules.push(build.or([open, ...mine, ...sharedWith(build, scope.projectId, filter)]));
  }
  if (filter.visibility === undefined) {
    // Community images of others are found by those who look for them, not by everyone.
    rules.push(build.or([build('visibility', '!=', 'community'), ...mine]));
  } else if (filter.visibility !== 'all') {
    rules.push(build('visibility', '=', filter.visibility));
  }
  return rules;
}

function sharedWith(build: Build, projectId: string | null, { memberStatus }: ImageFilter) {
  if (projectId === null) return [];
  let memberships = build
    .selectFrom('image_members')
    .select('image_members.image_id')
    .whereRef('image_members.image_id', '=', 'images.id')
    .where('image_members.member_id', '=', projectId);
  if (memberStatus !== 'all') {
    memberships = memberships.where('image_members.status', '=', memberStatus);
  }
  return [build.and([build('visibility', '=', 'shared'), build.exists(memberships)])];
}

const textColumns: Record<TextFilterName, keyof Schema['images']> = {
  id: 'id',
  name: 'name',
  status: 'status',
  owner: 'owner_id',
  disk_format: 'disk_format',
  container_format: 'container_format',
  checksum: 'checksum',
  os_hash_algo: 'hash_algorithm',
  os_hash_value: 'hash_value',
};
const numberColumns = {
  size: 'size_bytes',
  min_ram: 'min_ram_mib',
  min_disk: 'min_disk_gib',
} as const;

function filterRules(build: Build, filter: ImageFilter): Expression<SqlBool>[] {
  const rules: Expression<SqlBool>[] = [build('is_hidden', '=', filter.isHidden ? 1 : 0)];
  if (filter.isProtected !== undefined) {
    rules.push(build('is_protected', '=', filter.isProtected ? 1 : 0));
  }
  for (const [name, values] of Object.entries(filter.texts)) {
    rules.push(build(textColumns[name as TextFilterName], 'in', [...values]));
  }
  for (const { name, operator, value } of filter.numbers) {
    rules.push(build(numberColumns[name], operator, value));
  }
  for (const { name, range } of filter.times) {
    const column = name === 'created_at' ? 'created_ms' : 'updated_ms';
    const within = build.and([
      build(column, '>=', range.sinceMs),
      build(column, '<', range.beforeMs),
    ]);
    rules.push(range.inverted ? build.not(within) : within);
  }
  for (const tag of new Set(filter.tags)) {
    const tagged = build.selectFrom('image_tags').select('image_tags.image_id');
    rules.push(build('id', 'in', tagged.where('image_tags.tag', '=', tag)));
  }
  for (const { name, value } of filter.properties) {
    const having = build
      .selectFrom('image_properties')
      .select('image_properties.image_id')
      .where('image_properties.name', '=', name)
      .where('image_properties.value', '=', value);
    rules.push(build('id', 'in', having));
  }
  return rules;
}

interface SortColumn {
  expression(): Expression<unknown>;
  valueOf(image: Image): string | number;
}

/** Absent values sort as the empty text or below zero: the databases disagree about nulls. */
const sortColumns: Record<SortName, SortColumn> = {
  name: textColumn('name', (image) => image.name),
  status: { expression: () => sql.ref('images.status'), valueOf: (image) => image.status },
  container_format: textColumn('container_format', (image) => image.containerFormat),
  disk_format: textColumn('disk_format', (image) => image.diskFormat),
  size: {
    expression: () => sql`coalesce(images.size_bytes, -1)`,
    valueOf: (image) => image.sizeBytes ?? -1,
  },
  id: { expression: () => sql.ref('images.id'), valueOf: (image) => image.id },
  created_at: {
    expression: () => sql.ref('images.created_ms'),
    valueOf: (image) => image.createdMs,
  },
  updated_at: {
    expression: () => sql.ref('images.updated_ms'),
    valueOf: (image) => image.updatedMs,
  },
};

function textColumn(column: string, value: (image: Image) => string | null): SortColumn {
  return {
    expression: () => sql`coalesce(${sql.ref(`images.${column}`)}, '')`,
    valueOf: (image) => value(image) ?? '',
  };
}

/** (a, b, c) after (x, y, z), each in its own direction. */
function startsAfter(
  build: Build,
  sorting: readonly SortKey[],
  marker: Image,
): Expression<SqlBool> {
  const alternatives = sorting.map(({ name, direction }, index) => {
    const earlier = sorting.slice(0, index).map((key) => compare(key.name, '=', marker));
    return build.and([...earlier, compare(name, direction === 'asc' ? '>' : '<', marker)]);
  });
  return build.or(alternatives);
}

function compare(name: SortName, operator: '=' | '<' | '>', marker: Image): Expression<SqlBool> {
  const column = sortColumns[name];
  const value = column.valueOf(marker);
  return sql<SqlBool>`${column.expression()} ${sql.raw(operator)} ${value}`;
}
