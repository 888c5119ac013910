import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { EqualColumn, ServerFilter } from './server-filter.ts';

type Servers = ExpressionBuilder<Schema, 'servers'>;
type Condition = (where: Servers) => Expression<SqlBool>;

/** These have indices that come in the order of lists, or need none. */
const foundAnyway: readonly EqualColumn[] = ['id', 'host'];

/**
 * Ids of the servers that have a value that the filter asks for, looked for value by value
 * where an index finds them (migrations 0034 and 0039).
 * @returns undefined where more than `most` have each of the values
 */
export async function idsByValue(
  db: Queries,
  filter: ServerFilter,
  most: number,
): Promise<string[] | undefined> {
  for (const either of lookupsOf(filter)) {
    const ids = new Set<string>();
    for (const condition of either) {
      const query = db.selectFrom('servers').select('id').where(condition);
      for (const { id } of await query.limit(most + 1).execute()) ids.add(id);
      if (ids.size > most) break;
    }
    if (ids.size <= most) return [...ids];
  }
  return undefined;
}

/** Each finds all servers that are meant: those that any of its conditions finds. */
function lookupsOf(filter: ServerFilter): Condition[][] {
  const lookups = [...spanLookups(filter)];
  if (filter.lifetime === 'deleted') {
    lookups.push([
      (where) => where('deleted_ms', '>=', 0),
      (where) =>
        where.and([where('deleted_ms', 'is', null), where('vm_state', '=', 'soft-delete')]),
    ]);
  }
  if ((filter.lifetime ?? 'live') !== 'live') return lookups;
  const { projectId } = filter;
  const live = (condition: Condition): Condition => {
    return (where) => {
      const own = projectId === null ? [] : [where('project_id', '=', projectId)];
      return where.and([where('deleted_ms', 'is', null), ...own, condition(where)]);
    };
  };
  const values = Object.entries(filter.equals ?? {})
    .filter(([column]) => !foundAnyway.includes(column as EqualColumn))
    .map(([column, value]) => [live((where) => where(column as 'name', '=', value as string))]);
  const states = (filter.states ?? []).map(({ vmState, tasks, butNot }) =>
    live((where) => (butNot ? where('vm_state', '=', vmState) : where('task_state', 'in', tasks))),
  );
  if (states.length > 0) values.push(states);
  // One value alone is found by an index in the order of the list.
  const isAlone = values.length === 1 && values[0]?.length === 1 && !hasTasks(filter);
  return isAlone ? lookups : [...lookups, ...values];
}

function hasTasks({ states = [] }: ServerFilter): boolean {
  return states.some(({ butNot }) => !butNot);
}

function spanLookups({ spans = [] }: ServerFilter): Condition[][] {
  // Servers have been made in the order of lists.
  const looked = spans.filter(({ column }) => column !== 'created_ms');
  return looked.map(({ column, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER }) => [
    (where) => where.between(column, fromMs, toMs),
  ]);
}
