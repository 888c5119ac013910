import { endpoint } from '#compute/api/endpoint.ts';
import { listServers as readServers } from '#compute/servers/list.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';
import type { Wire } from '#endpoints/wire.ts';
import { isAdmin } from '#policy/actor.ts';
import { listScope } from '#policy/engine.ts';
import { listSchema, nextLinks, pagingErrors, readPage } from '../paging.ts';
import { isWanted, type RawQuery, readFilter, readSort, text } from './list-query.ts';
import { type ServerView, viewsOf } from './server-view.ts';
import { serverSummaryWire, serverWire, type WireContext, wireContext } from './wire.ts';

export const listServers = endpoint({
  method: 'GET',
  path: '/servers',
  summary: 'Lists servers by id and name.',
  requires: ['ecs:servers:list'],
  status: 200,
  isKept: true,
  response: listSchema('servers', serverSummaryWire.schema),
  handle: (service, call) => answerList(service, call, serverSummaryWire, 'servers'),
});

export const listServersDetail = endpoint({
  method: 'GET',
  path: '/servers/detail',
  summary: 'Lists servers with all that is known of them.',
  requires: ['ecs:servers:list'],
  status: 200,
  isKept: true,
  response: listSchema('servers', serverWire.schema),
  handle: (service, call) => answerList(service, call, serverWire, 'servers/detail'),
});

async function answerList(
  service: ComputeService,
  call: Call<unknown, unknown, unknown>,
  wire: Wire<ServerView, WireContext>,
  collection: string,
): Promise<object> {
  const query = call.query as RawQuery;
  const everyProject = isWanted(text(query, 'all_tenants'));
  const scope = listScope(call.actor, everyProject, 'ecs:servers:listAllProjects');
  const filter = readFilter(query, scope, isAdmin(call.actor));
  const page = readPage(call);
  // One more than the page: it tells whether there is a next one.
  const found = await readServers(service, call.actor, filter, {
    ...readSort(query, call.surface === 'compute-v2'),
    ...(page.marker !== undefined && { marker: page.marker }),
    limit: page.limit + 1,
  });
  if (!found) throw pagingErrors.markerNotFound({ marker: page.marker ?? '' });
  const shown = found.slice(0, page.limit);
  const context = wireContext(call);
  const views = await viewsOf(service, shown);
  const servers = views.map((view) => wire.render(view, call.version, context));
  const hasMore = found.length > page.limit;
  const links = nextLinks(call, collection, hasMore, shown.at(-1)?.id);
  return links ? { servers, servers_links: links } : { servers };
}
