import type { Expression, Insertable, Selectable, SqlBool } from 'kysely';
import { expressionBuilder } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import { jsonListHas } from '#db/text-filters.ts';
import type { NameFilters } from '../listing/names.ts';
import { type Page, type PageRequest, pageOf } from '../listing/page.ts';
import { rowsByName } from '../listing/store.ts';
import type { Project } from './project.ts';

type Row = Selectable<Schema['projects']>;

function fromRow(row: Row): Project {
  return {
    id: row.id,
    domainId: row.domain_id,
    parentId: row.parent_id,
    isDomain: row.is_domain === 1,
    name: row.name,
    description: row.description,
    isEnabled: row.enabled === 1,
    tags: JSON.parse(row.tags),
    options: JSON.parse(row.options),
    extra: JSON.parse(row.extra),
  };
}

function toRow(project: Project): Insertable<Schema['projects']> {
  return {
    id: project.id,
    domain_id: project.domainId,
    parent_id: project.parentId,
    is_domain: project.isDomain ? 1 : 0,
    name: project.name,
    description: project.description,
    enabled: project.isEnabled ? 1 : 0,
    tags: JSON.stringify(project.tags),
    options: JSON.stringify(project.options),
    extra: JSON.stringify(project.extra),
  };
}

export async function insertProject(db: Queries, project: Project): Promise<void> {
  await db.insertInto('projects').values(toRow(project)).execute();
}

export async function replaceProject(db: Queries, project: Project): Promise<void> {
  await db.updateTable('projects').set(toRow(project)).where('id', '=', project.id).execute();
}

export async function deleteProjectRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('projects').where('id', '=', id).execute();
}

/** @returns projects and domains alike. */
export async function findProject(db: Queries, id: string): Promise<Project | undefined> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

export async function findProjectByName(
  db: Queries,
  domainId: string,
  name: string,
): Promise<Project | undefined> {
  const row = await db
    .selectFrom('projects')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where('name', '=', name)
    .where('is_domain', '=', 0)
    .executeTakeFirst();
  return row && fromRow(row);
}

export async function findDomainByName(db: Queries, name: string): Promise<Project | undefined> {
  const row = await db
    .selectFrom('projects')
    .selectAll()
    .where('name', '=', name)
    .where('is_domain', '=', 1)
    .executeTakeFirst();
  return row && fromRow(row);
}

export interface ProjectFilters extends NameFilters {
  isDomain: boolean;
  /** Only these; absent: any. */
  ids?: readonly string[] | undefined;
  domainId?: string | undefined;
  parentId?: string | undefined;
  isEnabled?: boolean | undefined;
  tags?: TagFilters | undefined;
}

export interface TagFilters {
  /** Every one of these. */
  all?: readonly string[] | undefined;
  any?: readonly string[] | undefined;
  /** Not every one of these. */
  notAll?: readonly string[] | undefined;
  none?: readonly string[] | undefined;
}

function tagConditions(filters: TagFilters): Expression<SqlBool>[] {
  const { and, or, not } = expressionBuilder<Schema, 'projects'>();
  const has = (tags: readonly string[]) => tags.map((tag) => jsonListHas('tags', tag));
  return [
    ...(filters.all ? [and(has(filters.all))] : []),
    ...(filters.any ? [or(has(filters.any))] : []),
    ...(filters.notAll ? [not(and(has(filters.notAll)))] : []),
    ...(filters.none ? [not(or(has(filters.none)))] : []),
  ];
}

export async function listProjectRows(
  db: Queries,
  filters: ProjectFilters,
  page: PageRequest,
): Promise<Page<Project>> {
  let query = db
    .selectFrom('projects')
    .selectAll()
    .where('is_domain', '=', filters.isDomain ? 1 : 0);
  if (filters.ids) query = query.where('id', 'in', [...filters.ids, '']);
  if (filters.domainId !== undefined) query = query.where('domain_id', '=', filters.domainId);
  if (filters.parentId !== undefined) query = query.where('parent_id', '=', filters.parentId);
  if (filters.isEnabled !== undefined) {
    query = query.where('enabled', '=', filters.isEnabled ? 1 : 0);
  }
  for (const condition of tagConditions(filters.tags ?? {})) query = query.where(condition);
  const rows = await rowsByName(query, filters, page, (id) => findProject(db, id));
  return pageOf(rows.map(fromRow), page.limit);
}

export async function hasChildren(
  db: Queries,
  id: string,
  which: { onlyEnabled: boolean },
): Promise<boolean> {
  let query = db.selectFrom('projects').select('id').where('parent_id', '=', id);
  if (which.onlyEnabled) query = query.where('enabled', '=', 1);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** The projects above, nearest first, the domain last. The tree's depth is limited. */
export async function listAncestors(db: Queries, project: Project): Promise<Project[]> {
  const ancestors: Project[] = [];
  let parentId = project.parentId;
  while (parentId !== null) {
    const parent = await findProject(db, parentId);
    if (!parent) break;
    ancestors.push(parent);
    parentId = parent.parentId;
  }
  return ancestors;
}

/** Everything in a domain, for its deletion; children before parents. */
export async function deleteProjectsOfDomain(db: Queries, domainId: string): Promise<void> {
  // References upwards would forbid any order but the tree's; without them one statement does.
  await db
    .updateTable('projects')
    .set({ parent_id: null })
    .where('domain_id', '=', domainId)
    .execute();
  await db.deleteFrom('projects').where('domain_id', '=', domainId).execute();
}

/** Every project of one domain, for walks over its tree. */
export async function listProjectRowsOfDomain(db: Queries, domainId: string): Promise<Project[]> {
  const rows = await db
    .selectFrom('projects')
    .selectAll()
    .where('domain_id', '=', domainId)
    .orderBy('name')
    .execute();
  return rows.map(fromRow);
}

/** Projects and domains alike; ids that are not there are left out. */
export async function listProjectsById(db: Queries, ids: readonly string[]): Promise<Project[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('projects').selectAll().where('id', 'in', ids).execute();
  return rows.map(fromRow);
}
