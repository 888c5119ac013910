import type { Static } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { knownQuery } from '#compute/api/known-query.ts';
import { type LinkBases, linkBasesOf } from '#compute/api/links.ts';
import { listSchema, nextLinks, pagingErrors, readPage } from '#compute/api/paging.ts';
import type { Flavor } from '#compute/flavors/flavor.ts';
import { listFlavors as readFlavors } from '#compute/flavors/list.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';
import type { Wire } from '#endpoints/wire.ts';
import { listQuery, readFilter, readSortKey } from './list-query.ts';
import { flavorSummaryWire, flavorWire } from './wire.ts';

export const listFlavors = endpoint({
  method: 'GET',
  path: '/flavors',
  summary: 'Lists flavors by id and name.',
  requires: ['ecs:flavors:list'],
  query: listQuery,
  status: 200,
  errors: [pagingErrors.markerNotFound],
  response: listSchema('flavors', flavorSummaryWire.schema),
  handle: (service, call) => answerList(service, call, flavorSummaryWire, 'flavors'),
});

export const listFlavorsDetail = endpoint({
  method: 'GET',
  path: '/flavors/detail',
  summary: 'Lists flavors with all their sizes.',
  requires: ['ecs:flavors:list'],
  query: listQuery,
  status: 200,
  errors: [pagingErrors.markerNotFound],
  response: listSchema('flavors', flavorWire.schema),
  handle: (service, call) => answerList(service, call, flavorWire, 'flavors/detail'),
});

async function answerList(
  service: ComputeService,
  call: Call<unknown, Static<typeof listQuery>, unknown>,
  wire: Wire<Flavor, LinkBases>,
  collection: string,
): Promise<object> {
  const query = knownQuery(listQuery, call);
  const page = readPage(call);
  const found = await readFlavors(service, call.actor, readFilter(query, call.actor), {
    sortKey: readSortKey(query),
    descending: query.sort_dir === 'desc',
    limit: page.limit === 0 ? 0 : page.limit + 1,
    marker: page.marker,
  });
  if (!found) throw pagingErrors.markerNotFound({ marker: page.marker ?? '' });
  const shown = found.slice(0, page.limit);
  const bases = linkBasesOf(call);
  const flavors = shown.map((flavor) => wire.render(flavor, call.version, bases));
  const links = nextLinks(call, collection, found.length > page.limit, shown.at(-1)?.id);
  return links ? { flavors, flavors_links: links } : { flavors };
}
