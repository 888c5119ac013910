import { Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { closedSince, noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { booleanWord } from '#compute/api/os-services/body.ts';
import {
  linkSchema,
  nextLinks,
  once,
  pageQuery,
  pageQueryOnce,
  pagingErrors,
  readPage,
} from '#compute/api/paging.ts';
import { hypervisorErrors } from '#compute/hypervisors/errors.ts';
import type { Hypervisor } from '#compute/hypervisors/hypervisor.ts';
import {
  readHostedServers,
  listHypervisors as readHypervisors,
  readUptime,
  searchHypervisors,
} from '#compute/hypervisors/read.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Wire } from '#endpoints/wire.ts';
import { type HypervisorView, hypervisorDetailWire, hypervisorWire } from './wire.ts';

/** What tells the two lists apart. */
interface Form {
  path: '/os-hypervisors' | '/os-hypervisors/detail';
  summary: string;
  wire: Wire<HypervisorView, void>;
  /** Asks every machine how long it runs. */
  tellsUptime: boolean;
}

const names: Form = {
  path: '/os-hypervisors',
  summary: 'Lists the hypervisors by name and state.',
  wire: hypervisorWire,
  tellsUptime: false,
};
const details: Form = {
  path: '/os-hypervisors/detail',
  summary: 'Lists the hypervisors with what they have and give.',
  wire: hypervisorDetailWire,
  tellsUptime: false,
};

const requires = ['ecs:hypervisors:list'];

function answerOf({ wire }: Form) {
  return Type.Object(
    {
      hypervisors: Type.Array(wire.schema),
      hypervisors_links: Type.Optional(Type.Array(linkSchema, { since: '2.33' })),
    },
    { additionalProperties: false },
  );
}

function shared(form: Form) {
  const { path, summary } = form;
  const answer = { status: 200, response: answerOf(form) } as const;
  return { method: 'GET', path, summary, requires, ...answer } as const;
}

/** All of them, whatever the query says. */
function listWhole(form: Form) {
  return endpoint({
    ...shared(form),
    until: '2.32',
    query: noQuery,
    handle: async (service, call) => {
      const found = await readHypervisors(service);
      const views = found.map((hypervisor) => ({ hypervisor }));
      return { hypervisors: views.map((view) => form.wire.render(view, call.version)) };
    },
  });
}

/** In pages; until 2.52 the marker is a number. */
function listPaged(form: Form) {
  return endpoint({
    ...shared(form),
    since: '2.33',
    until: '2.52',
    query: Type.Object(pageQuery),
    errors: [pagingErrors.markerNotFound],
    handle: async (service, call) => {
      const all = await readHypervisors(service);
      const { shown, hasMore } = pageOf(all, readPage(call), ({ number }) => String(number));
      const links = nextLinks(call, form.path.slice(1), hasMore, lastNumber(shown));
      const views = shown.map((hypervisor) => ({ hypervisor }));
      return {
        hypervisors: views.map((view) => form.wire.render(view, call.version)),
        ...(links && { hypervisors_links: links }),
      };
    },
  });
}

const lookingQuery = closedSince('2.53', {
  ...pageQueryOnce,
  hypervisor_hostname_pattern: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9-._]*$', ...once }),
  ),
  with_servers: Type.Optional({ ...booleanWord, ...once } as typeof booleanWord),
});

/** In pages or by a part of the name, with the servers that are there if these are asked for. */
function listLooking(form: Form, range: { since: string; until?: string }) {
  return endpoint({
    ...shared(form),
    ...range,
    query: lookingQuery,
    errors: [
      pagingErrors.markerNotFound,
      hypervisorErrors.noneMatches,
      hypervisorErrors.pagingOverPattern,
    ],
    handle: async (service, call) => {
      const { hypervisor_hostname_pattern: pattern, with_servers: withServers } = call.query;
      const { limit, marker } = call.query;
      if (pattern !== undefined && (limit !== undefined || marker !== undefined)) {
        throw hypervisorErrors.pagingOverPattern();
      }
      const all = await (pattern === undefined
        ? readHypervisors(service)
        : searchHypervisors(service, pattern));
      const { shown, hasMore } = pageOf(all, readPage(call), ({ uuid }) => uuid);
      const links = nextLinks(call, form.path.slice(1), hasMore, shown.at(-1)?.uuid);
      const isAsked = withServers !== undefined && parseBoolean(withServers) === true;
      const views = await viewsOf(service, shown, isAsked, form.tellsUptime);
      return {
        hypervisors: views.map((view) => form.wire.render(view, call.version)),
        ...(links && { hypervisors_links: links }),
      };
    },
  });
}

function lastNumber(shown: readonly Hypervisor[]): string | undefined {
  const last = shown.at(-1);
  return last && String(last.number);
}

/** @throws MarkerNotFound (400) */
function pageOf(
  all: readonly Hypervisor[],
  { limit, marker }: { limit: number; marker: string | undefined },
  idOf: (one: Hypervisor) => string,
) {
  const at = marker === undefined ? -1 : all.findIndex((one) => idOf(one) === marker);
  if (marker !== undefined && at < 0) throw pagingErrors.markerNotFound({ marker });
  const rest = all.slice(at + 1);
  return { shown: rest.slice(0, limit), hasMore: rest.length > limit };
}

/** @param withServers also the servers that are there */
export async function viewsOf(
  service: ComputeService,
  hypervisors: readonly Hypervisor[],
  withServers: boolean,
  withUptime: boolean,
): Promise<HypervisorView[]> {
  const servers = withServers ? await readHostedServers(service, hypervisors) : undefined;
  return Promise.all(
    hypervisors.map(async (hypervisor) => ({
      hypervisor,
      servers: servers && (servers.get(hypervisor.host) ?? []),
      uptime: withUptime ? await readUptime(service, hypervisor) : null,
    })),
  );
}

export const listHypervisors = [
  listWhole(names),
  listPaged(names),
  listLooking(names, { since: '2.53' }),
  listWhole(details),
  listPaged(details),
  listLooking(details, { since: '2.53', until: '2.87' }),
  listLooking({ ...details, tellsUptime: true }, { since: '2.88' }),
];
