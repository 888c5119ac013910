import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { holdsText } from '#db/needed-text.ts';
import type { Schema } from '#db/schema.ts';
import type { StateMatch } from '../status.ts';
import type { ColumnPattern, ServerFilter, TagConditions, TimeSpan } from './server-filter.ts';

type Servers = ExpressionBuilder<Schema, 'servers'>;
type Condition = Expression<SqlBool>;

/** What the database can decide of a filter but `among`; patterns are only narrowed down. */
export function conditionsOf(where: Servers, filter: ServerFilter): Condition {
  const conditions: Condition[] = [...lifetime(where, filter)];
  if (filter.withPutAside === false) conditions.push(where('vm_state', '!=', 'soft-delete'));
  if (filter.projectId !== null) conditions.push(where('project_id', '=', filter.projectId));
  for (const [column, value] of Object.entries(filter.equals ?? {})) {
    conditions.push(where(column as 'name', '=', value as string));
  }
  for (const span of filter.spans ?? []) conditions.push(...within(where, span));
  for (const pattern of filter.patterns ?? []) conditions.push(...narrowed(pattern));
  if (filter.states) conditions.push(anyState(where, filter.states));
  if (filter.tags) conditions.push(...tagged(where, filter.tags));
  return where.and(conditions);
}

function lifetime(where: Servers, filter: ServerFilter): Condition[] {
  if (filter.lifetime === 'any') return [];
  if (filter.lifetime !== 'deleted') return [where('deleted_ms', 'is', null)];
  // Nova counts those that wait for their deletion among the deleted.
  const isPutAside = where('vm_state', '=', 'soft-delete');
  return [where.or([where('deleted_ms', 'is not', null), isPutAside])];
}

function within(where: Servers, { column, fromMs, toMs }: TimeSpan): Condition[] {
  const conditions: Condition[] = [];
  if (fromMs !== undefined) conditions.push(where(column, '>=', fromMs));
  if (toMs !== undefined) conditions.push(where(column, '<=', toMs));
  return conditions;
}

function narrowed({ column, pattern, write }: ColumnPattern): Condition[] {
  if (write) return [];
  const text = sql.ref(`servers.${column}`);
  if (pattern.like !== null) return [sql<SqlBool>`${text} like ${pattern.like} escape '\\'`];
  return pattern.needed === null ? [] : [holdsText(text, pattern.needed)];
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
