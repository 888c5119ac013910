import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Schema } from '#db/schema.ts';
import type { StateMatch } from './server.ts';
import type { ColumnPattern, ServerFilter, TagConditions, TimeSpan } from './server-filter.ts';

type Servers = ExpressionBuilder<Schema, 'servers'>;
type Condition = Expression<SqlBool>;

/** Ids that are named one by one in a query; more are looked for in what the query finds. */
export const idsInQuery = 500;

/** What the database can decide of a filter; patterns are only narrowed down. */
export function conditionsOf(where: Servers, filter: ServerFilter): Condition {
  const conditions: Condition[] = [...lifetime(where, filter)];
  if (filter.projectId !== null) conditions.push(where('project_id', '=', filter.projectId));
  for (const [column, value] of Object.entries(filter.equals ?? {})) {
    conditions.push(where(column as 'name', '=', value as string));
  }
  for (const span of filter.spans ?? []) conditions.push(...within(where, span));
  for (const pattern of filter.patterns ?? []) conditions.push(...narrowed(pattern));
  if (filter.states) conditions.push(anyState(where, filter.states));
  if (filter.tags) conditions.push(...tagged(where, filter.tags));
  if (filter.among && filter.among.size <= idsInQuery) {
    conditions.push(where('id', 'in', orNothing([...filter.among])));
  }
  return where.and(conditions);
}

function lifetime(where: Servers, filter: ServerFilter): Condition[] {
  if (filter.lifetime === 'any') return [];
  return [where('deleted_ms', filter.lifetime === 'deleted' ? 'is not' : 'is', null)];
}

function within(where: Servers, { column, fromMs, toMs }: TimeSpan): Condition[] {
  const conditions: Condition[] = [];
  if (fromMs !== undefined) conditions.push(where(column, '>=', fromMs));
  if (toMs !== undefined) conditions.push(where(column, '<=', toMs));
  return conditions;
}

function narrowed({ column, pattern, write }: ColumnPattern): Condition[] {
  if (pattern.like === null || write) return [];
  return [sql<SqlBool>`${sql.ref(`servers.${column}`)} like ${pattern.like} escape '\\'`];
}

/** An empty IN list is an error to PostgreSQL; this one finds nothing, as an empty one would. */
function orNothing(values: readonly string[]): readonly string[] {
  return values.length > 0 ? values : [''];
}

function anyState(where: Servers, states: readonly StateMatch[]): Condition {
  const matches = states.map(({ vmState, tasks, butNot }) => {
    const isVmState = where('vm_state', '=', vmState);
    if (!butNot) return where.and([isVmState, where('task_state', 'in', tasks)]);
    if (tasks.length === 0) return isVmState;
    const isOtherTask = where('task_state', 'not in', tasks);
    return where.and([isVmState, where.or([where('task_state', 'is', null), isOtherTask])]);
  });
  return matches.length > 0 ? where.or(matches) : where('id', '=', '');
}

function tagged(where: Servers, { all, any, notAll, notAny }: TagConditions): Condition[] {
  const has = (tags: readonly string[]) =>
    where.exists(
      where
        .selectFrom('server_tags')
        .select('server_tags.tag')
        .whereRef('server_tags.server_id', '=', 'servers.id')
        .where('server_tags.tag', 'in', tags),
    );
  const hasEach = (tags: readonly string[]) => where.and(tags.map((tag) => has([tag])));
  const conditions: Condition[] = [];
  if (all) conditions.push(hasEach(all));
  if (any) conditions.push(has(any));
  if (notAll) conditions.push(where.not(hasEach(notAll)));
  if (notAny) conditions.push(where.not(has(notAny)));
  return conditions;
}
