import { type Static, Type } from 'typebox';
import { limits } from '#base/limits.ts';
import { parseBoolean } from '#compute/api/booleans.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { knownQuery } from '#compute/api/known-query.ts';
import { readChanges } from '#compute/api/os-instance-actions/query.ts';
import {
  linkSchema,
  nextLinks,
  once,
  pageQueryOnce,
  pagingErrors,
  readPage,
} from '#compute/api/paging.ts';
import { actionErrors } from '#compute/instance-actions/errors.ts';
import type { ServerMigration } from '#compute/migrations/migration.ts';
import type { MigrationFilter } from '#compute/migrations/migration-filter.ts';
import { listMigrations as readMigrations } from '#compute/migrations/read.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { mayPerform, requireActions } from '#policy/engine.ts';
import { migrationContext, migrationWire, seeingHosts } from './wire.ts';

const word = Type.Optional(Type.String());

const everyProject = 'ecs:migrations:listAllProjects';

/** Any words: what no migration has finds none. */
const filters = {
  hidden: word,
  host: word,
  instance_uuid: word,
  source_compute: word,
  status: word,
  migration_type: word,
};

const time = Type.String({ format: 'iso-date-time', ...once });

const pagedQuery = Type.Object(
  {
    ...filters,
    ...pageQueryOnce,
    'changes-since': Type.Optional(time),
    'changes-before': Type.Optional({ ...time, since: '2.66' }),
    user_id: Type.Optional(Type.String({ since: '2.80', ...once })),
    project_id: Type.Optional(Type.String({ since: '2.80', ...once })),
  },
  { additionalProperties: false },
);

const openQuery = Type.Object(filters);

const shared = {
  method: 'GET',
  path: '/os-migrations',
  summary: 'Lists moves of servers between hosts.',
  requires: ['ecs:migrations:list'],
  status: 200,
  isKept: true,
} as const;

const closed = { additionalProperties: false };
const migrations = Type.Array(migrationWire.schema);

/** All of them, in the order in which they began. */
const listWhole = endpoint({
  ...shared,
  until: '2.58',
  query: openQuery,
  response: Type.Object({ migrations }, closed),
  handle: async (service, call) => {
    const page = { limit: limits.migrationsUnpaged, newestFirst: false };
    const filter = filterOf(call, knownQuery(openQuery, call));
    const found = await readMigrations(service, filter, page);
    return { migrations: render(found ?? [], call) };
  },
});

/** In pages, newest first, and of what changed in a time. */
const listPaged = endpoint({
  ...shared,
  since: '2.59',
  query: pagedQuery,
  response: Type.Object(
    { migrations, migrations_links: Type.Optional(Type.Array(linkSchema)) },
    closed,
  ),
  errors: [pagingErrors.markerNotFound, actionErrors.timesInverted, actionErrors.timeMalformed],
  handle: async (service, call) => {
    const { limit, marker } = readPage(call);
    const filter = { ...filterOf(call, call.query), ...readChanges(call.query) };
    const wanted = { limit: limit + 1, newestFirst: true, marker };
    const found = await readMigrations(service, filter, wanted);
    if (!found) throw pagingErrors.markerNotFound({ marker: marker ?? '' });
    const shown = found.slice(0, limit);
    const links = nextLinks(call, 'os-migrations', found.length > limit, shown.at(-1)?.uuid);
    return { migrations: render(shown, call), ...(links && { migrations_links: links }) };
  },
});

export const listMigrations = [listWhole, listPaged];

type Asking = Pick<Call<unknown, unknown, unknown>, 'actor' | 'version' | 'root' | 'origin'>;

/** As in Nova: those of all projects, and hosts, are for who has the action for them. */
function filterOf({ actor }: Asking, query: Partial<Static<typeof pagedQuery>>): MigrationFilter {
  const { host, source_compute: source, project_id: projectId } = query;
  if (host !== undefined || source !== undefined) requireActions(actor, [seeingHosts]);
  const isOwn = projectId === undefined || projectId === actor.projectId;
  if (!isOwn) requireActions(actor, [everyProject]);
  const seesAll = mayPerform(actor, everyProject);
  return {
    isHidden: parseBoolean(query.hidden ?? false) === true,
    status: query.status,
    host: query.host,
    serverId: query.instance_uuid,
    sourceHost: query.source_compute,
    type: query.migration_type,
    userId: query.user_id,
    // Nobody has the empty id: a token without project lists none.
    projectId: seesAll ? projectId : (actor.projectId ?? ''),
  };
}

/** Those that are hidden are never shown, so that who asks for them finds none. */
function render(found: readonly ServerMigration[], call: Asking): object[] {
  const context = migrationContext(call);
  return found
    .filter(({ isHidden }) => !isHidden)
    .map((migration) => migrationWire.render(migration, call.version, context));
}
