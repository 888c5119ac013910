import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { listServers as readServers } from '#compute/servers/listing/list.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import { Reply } from '#endpoints/endpoint.ts';
import { listSchema, nextLinks, pagingErrors, readPage } from '../paging.ts';
import { listedServer, summaryServer } from './forms.ts';
import { type ListCall, readFilter } from './list-query.ts';
import { listQuery } from './list-schema.ts';
import { readOrder } from './list-sort.ts';
import { bareView, keptUntilMs, type ServerView, viewsOf } from './server-view.ts';

const errors = [
  computeErrors.filterMalformed,
  serverErrors.deletedForAdministrators,
  serverErrors.sortForAdministrators,
  pagingErrors.markerNotFound,
  pagingErrors.limitTooLarge,
];

export const listServers = endpoint({
  method: 'GET',
  path: '/servers',
  summary: 'Lists servers by id and name.',
  requires: ['ecs:servers:list'],
  query: listQuery,
  status: 200,
  isKept: true,
  errors,
  response: listSchema('servers', summaryServer.schema),
  handle: (service, call) => {
    const views = async (servers: readonly Server[]) => servers.map(bareView);
    return answerList(service, call, 'servers', views, summaryServer);
  },
});

export const listServersDetail = endpoint({
  method: 'GET',
  path: '/servers/detail',
  summary: 'Lists servers with all that is known of them.',
  requires: ['ecs:servers:list'],
  query: listQuery,
  status: 200,
  isKept: true,
  errors,
  response: listSchema('servers', listedServer.schema),
  handle: (service, call) => {
    const views = (servers: readonly Server[]) => viewsOf(service, servers);
    return answerList(service, call, 'servers/detail', views, listedServer);
  },
});

async function answerList(
  service: ComputeService,
  call: ListCall,
  collection: string,
  views: (servers: readonly Server[]) => Promise<ServerView[]>,
  form: typeof listedServer,
): Promise<Reply> {
  const filter = readFilter(call);
  const order = readOrder(call);
  const page = readPage(call);
  // One more than the page: it tells whether there is a next one.
  const found = await readServers(service, call.actor, filter, {
    order,
    ...(page.marker !== undefined && { marker: page.marker }),
    limit: page.limit + 1,
  });
  if (!found) throw pagingErrors.markerNotFound({ marker: page.marker ?? '' });
  const shown = found.slice(0, page.limit);
  const shownViews = await views(shown);
  const servers = form.render(call, shownViews);
  const hasMore = found.length > page.limit;
  const links = nextLinks(call, collection, hasMore, shown.at(-1)?.id);
  const body = links ? { servers, servers_links: links } : { servers };
  return new Reply(body, { keptUntilMs: keptUntilMs(shownViews) });
}
