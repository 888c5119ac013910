import { parseBoolean } from '#compute/api/booleans.ts';
import { computeErrors } from '#compute/errors.ts';
import type { ServerFilter, ServerSortKey } from '#compute/servers/list.ts';
import { matchesOfStatus } from '#compute/servers/server.ts';
import type { ListScope } from '#policy/engine.ts';

export type RawQuery = Readonly<Record<string, unknown>>;

/** A repeated parameter counts as its last mention, as in Nova. */
export function text(query: RawQuery, name: string): string | undefined {
  const value = query[name];
  const last = Array.isArray(value) ? value.at(-1) : value;
  return last === undefined ? undefined : String(last);
}

const sortKeys: Record<string, ServerSortKey> = {
  created_at: 'created_ms',
  updated_at: 'updated_ms',
  display_name: 'name',
  name: 'name',
  uuid: 'id',
  id: 'id',
  vm_state: 'vm_state',
  host: 'host',
};

/** Only the first key decides here; the id settles ties so that pages never overlap. */
export function readSort(query: RawQuery, oldestFirst: boolean) {
  const key = Array.isArray(query.sort_key) ? query.sort_key[0] : query.sort_key;
  const direction = Array.isArray(query.sort_dir) ? query.sort_dir[0] : query.sort_dir;
  if (key !== undefined && !Object.hasOwn(sortKeys, String(key))) {
    const sentence = `Invalid sort key: ${String(key).slice(0, 64)}`;
    throw computeErrors.filterMalformed({ sentence });
  }
  if (direction !== undefined && direction !== 'asc' && direction !== 'desc') {
    const sentence = `Unknown sort direction, must be one of: asc, desc`;
    throw computeErrors.filterMalformed({ sentence });
  }
  const sortKey = key === undefined ? 'created_ms' : (sortKeys[String(key)] ?? 'created_ms');
  return { sortKey, descending: direction === undefined ? !oldestFirst : direction === 'desc' };
}

/** Filters for everyone, then those that only administrators may use. */
export function readFilter(query: RawQuery, scope: ListScope, admin: boolean): ServerFilter {
  const projectId = scope.everyProject ? (text(query, 'project_id') ?? null) : scope.projectId;
  const filter: ServerFilter = { projectId: scope.everyProject ? projectId : (projectId ?? '') };
  const name = text(query, 'name');
  if (name !== undefined) filter.nameLike = likePattern(name);
  const status = query.status;
  if (status !== undefined) {
    filter.states = [status].flat().flatMap((word) => matchesOfStatus(String(word)));
    filter.deleted = admin && [status].flat().some((word) => /^deleted$/i.test(String(word)));
  }
  const uuid = query.uuid;
  if (uuid !== undefined) filter.ids = [uuid].flat().map(String);
  const since = text(query, 'changes-since');
  if (since !== undefined) filter.changedSinceMs = readTime(since);
  const image = text(query, 'image');
  const flavor = text(query, 'flavor');
  return {
    ...filter,
    ...optional('imageId', image?.split('/').at(-1)),
    ...optional('flavorId', flavor?.split('/').at(-1)),
    ...optional('reservationId', text(query, 'reservation_id')),
    ...optional('keyName', text(query, 'key_name')),
    ...optional('userId', text(query, 'user_id')),
    ...optional('availabilityZone', text(query, 'availability_zone')),
    ...(admin && {
      ...optional('host', text(query, 'host')),
      ...optional('taskState', text(query, 'task_state')),
      ...(text(query, 'vm_state') !== undefined && { vmStates: [text(query, 'vm_state') ?? ''] }),
      ...(isWanted(text(query, 'deleted')) && { deleted: true }),
    }),
  };
}

function optional<Name extends string>(name: Name, value: string | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: string };
}

export function isWanted(value: string | undefined): boolean {
  // `all_tenants` without a value is how old clients say yes.
  return value !== undefined && (value === '' || parseBoolean(value) === true);
}

/** Nova matches names by regular expression; the plain ones that clients send become LIKE. */
function likePattern(name: string): string {
  const starts = name.startsWith('^');
  const ends = name.endsWith('$');
  const core = name.slice(starts ? 1 : 0, ends ? -1 : undefined).replaceAll('.*', '%');
  return `${starts ? '' : '%'}${core}${ends ? '' : '%'}`;
}

function readTime(value: string): number {
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) {
    throw computeErrors.filterMalformed({ sentence: `Invalid changes-since: ${value}` });
  }
  return ms;
}
