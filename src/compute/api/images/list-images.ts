import { endpoint } from '#compute/api/endpoint.ts';
import { listSchema, nextLinks, pagingErrors, readPage } from '#compute/api/paging.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';
import type { Wire } from '#endpoints/wire.ts';
import type { Image } from '#image/service.ts';
import { glanceQuery, listQuery } from './list-query.ts';
import { type ImageLinkBases, imageLinkBases, imageSummaryWire, imageWire } from './wire.ts';

const errors = [pagingErrors.limitMalformed, pagingErrors.markerNotFound];

export const listImages = endpoint({
  until: '2.35',
  method: 'GET',
  path: '/images',
  summary: 'Lists images by id and name.',
  requires: ['ims:images:list'],
  query: listQuery,
  status: 200,
  response: listSchema('images', imageSummaryWire.schema),
  errors,
  handle: (service, call) => answerList(service, call, imageSummaryWire, 'images'),
});

export const listImagesDetail = endpoint({
  until: '2.35',
  method: 'GET',
  path: '/images/detail',
  summary: 'Lists images with all that compute shows of them.',
  requires: ['ims:images:list'],
  query: listQuery,
  status: 200,
  response: listSchema('images', imageWire.schema),
  errors,
  handle: (service, call) => answerList(service, call, imageWire, 'images/detail'),
});

async function answerList(
  service: ComputeService,
  call: Call<unknown, unknown, unknown>,
  wire: Wire<Image, ImageLinkBases>,
  collection: string,
): Promise<object> {
  const page = readPage(call);
  const query = glanceQuery(call.query as Record<string, unknown>);
  const found = await service.images.list(call.actor, query, {
    // The reference (3.1) has the oldest first, Glance and therefore Nova the newest.
    oldestFirst: call.surface === 'compute-v2',
    limit: page.limit === 0 ? 0 : page.limit + 1,
    marker: page.marker,
  });
  if (!found) throw pagingErrors.markerNotFound({ marker: page.marker ?? '' });
  const shown = found.slice(0, page.limit);
  const bases = imageLinkBases(call);
  const images = shown.map((image) => wire.render(image, call.version, bases));
  const links = nextLinks(call, collection, found.length > page.limit, shown.at(-1)?.id);
  return links ? { images, images_links: links } : { images };
}
