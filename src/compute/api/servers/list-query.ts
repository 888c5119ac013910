import { type VersionRange, withinRange } from '#base/microversion.ts';
import { parseBoolean } from '#compute/api/booleans.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import type {
  ServerFilter,
  TagConditions,
  TimeSpan,
} from '#compute/servers/listing/server-filter.ts';
import { isServerStatus, matchesOfStatus } from '#compute/servers/status.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { isAdmin } from '#policy/actor.ts';
import { listScope } from '#policy/engine.ts';
import { readPattern, withComparison } from './list-compare.ts';
import {
  legacyEveryone,
  listFilters,
  openParameters,
  unknownStatusRefused,
} from './list-filters.ts';
import { joinedTables } from './list-schema.ts';
import { parseTime } from './list-times.ts';

export type ListCall = Call<unknown, unknown, unknown>;

/** What may be asked of the members of a query. */
interface Asked {
  /** The last mention of a member that this actor may use in this version. */
  text(name: string): string | undefined;
  all(name: string): string[];
}

/** Members that the version does not know, or that are not for this actor, are as if not sent. */
function askedBy(call: ListCall): Asked {
  const query = call.query as Record<string, unknown>;
  const admin = isAdmin(call.actor);
  const ranges = new Map<string, VersionRange | undefined>(Object.entries(openParameters));
  for (const { name, forEveryone } of listFilters) ranges.set(name, forEveryone);
  if (call.surface === 'compute-v2') for (const name of legacyEveryone) ranges.set(name, {});
  const isOpen = (name: string) => {
    const range = ranges.get(name);
    // What came later is unknown to administrators too, where it is one of those below.
    const isNew = name === 'locked' || /tags|changes-before/.test(name);
    if (admin && !isNew) return true;
    return range !== undefined && withinRange(call.version, range);
  };
  // The reference's 4.4: where an image is asked for, nothing else counts.
  const onlyImage = call.surface === 'compute-v2' && query.image !== undefined;
  const all = (name: string) => {
    if (onlyImage && name !== 'image') return [];
    return isOpen(name) && query[name] !== undefined ? [query[name]].flat().map(String) : [];
  };
  return { all, text: (name) => all(name).at(-1) };
}

/** @throws the refusals of filters: 400, and 403 for what only administrators may list */
export function readFilter(call: ListCall): ServerFilter {
  const query = call.query as Record<string, unknown>;
  const asked = askedBy(call);
  const admin = isAdmin(call.actor);
  if (admin) refuseForeignNames(query);
  let filter: ServerFilter = { ...readScope(call), ...readStates(call, asked, admin) };
  const spans = readChanges(asked);
  const deleted = admin ? asked.text('deleted') : undefined;
  if (deleted !== undefined) {
    filter.lifetime ??= parseBoolean(deleted) === true ? 'deleted' : 'live';
  }
  if (spans.length > 0) filter.lifetime ??= 'any';
  filter.withPutAside = seesPutAside(filter, asked);
  filter.spans = spans;
  const tags = readTags(asked);
  if (tags) filter.tags = tags;
  const addresses = (['ip', 'ip6'] as const).flatMap((name) => {
    const value = asked.text(name);
    if (value === undefined) return [];
    return {
      ipVersion: name === 'ip' ? (4 as const) : (6 as const),
      pattern: readPattern(name, value),
    };
  });
  if (addresses.length > 0) filter.addresses = addresses;
  for (const { name, compare } of listFilters) {
    const value = asked.text(name);
    if (value !== undefined) filter = withComparison(filter, name, compare, value);
  }
  return filter;
}

/** What waits for its deletion is gone for all who do not ask for what is deleted, or for it. */
function seesPutAside(filter: ServerFilter, asked: Asked): boolean {
  if (parseBoolean(asked.text('soft_deleted') ?? '') === true) return true;
  if (filter.lifetime !== undefined && filter.lifetime !== 'live') return true;
  return filter.states?.some(({ vmState }) => vmState === 'soft-delete') ?? false;
}

function refuseForeignNames(query: Record<string, unknown>): void {
  const name = Object.keys(query).find(
    (name) => name.startsWith('_') || joinedTables.includes(name),
  );
  if (name !== undefined) throw filterRefused(name);
}

export function filterRefused(name: string) {
  return computeErrors.filterMalformed({ sentence: `Invalid filter field: ${name.slice(0, 64)}.` });
}

/** The project of the token or, for administrators who ask for all tenants, whichever they name. */
function readScope(call: ListCall): Pick<ServerFilter, 'projectId'> {
  const query = call.query as Record<string, unknown>;
  const last = (name: string) => [query[name]].flat().at(-1) as string | undefined;
  const scope = listScope(
    call.actor,
    isWanted('all_tenants', last('all_tenants')),
    'ecs:servers:listAllProjects',
  );
  if (!scope.everyProject) return { projectId: scope.projectId ?? '' };
  return { projectId: last('project_id') ?? last('tenant_id') ?? null };
}

/** Without a value is how old clients say yes. */
function isWanted(name: string, value: string | undefined): boolean {
  if (value === undefined || value === '') return value === '';
  const wanted = parseBoolean(value);
  if (wanted === undefined) throw filterRefused(name);
  return wanted;
}

function readStates(
  call: ListCall,
  asked: Asked,
  admin: boolean,
): Pick<ServerFilter, 'states' | 'lifetime'> {
  const statuses = asked.all('status').map((status) => status.replaceAll('"', ''));
  if (statuses.length === 0) return {};
  const isKnown = statuses.some(isServerStatus);
  if (!isKnown && withinRange(call.version, unknownStatusRefused)) {
    throw computeErrors.filterMalformed({ sentence: 'Invalid status value' });
  }
  const states = statuses.flatMap(matchesOfStatus);
  const areGone = states.length > 0 && states.every(({ vmState }) => vmState === 'deleted');
  if (!areGone) return { states };
  if (!admin) throw serverErrors.deletedForAdministrators();
  return { states, lifetime: 'deleted' };
}

function readChanges(asked: Asked): TimeSpan[] {
  const fromMs = readTime('changes-since', asked.text('changes-since'));
  const toMs = readTime('changes-before', asked.text('changes-before'));
  if (fromMs === undefined && toMs === undefined) return [];
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs) {
    const sentence = 'The value of changes-since must be less than or equal to changes-before.';
    throw computeErrors.filterMalformed({ sentence });
  }
  const bounds = { ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) };
  return [{ column: 'updated_ms', ...bounds }];
}

function readTime(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = parseTime(value);
  if (ms === undefined) throw filterRefused(name);
  return ms;
}

function readTags(asked: Asked): TagConditions | undefined {
  const list = (name: string) => asked.text(name)?.split(',').slice(0, 100);
  const [all, any] = [list('tags'), list('tags-any')];
  const [notAll, notAny] = [list('not-tags'), list('not-tags-any')];
  if (!all && !any && !notAll && !notAny) return undefined;
  return {
    ...(all && { all }),
    ...(any && { any }),
    ...(notAll && { notAll }),
    ...(notAny && { notAny }),
  };
}
