import { Type } from 'typebox';
import { cacheImages as fetchImages } from '#compute/aggregates/cache-images.ts';
import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { aggregateTarget } from '../target.ts';

const closed = { additionalProperties: false };

const image = Type.Object({ id: Type.String({ format: 'uuid' }) }, closed);

export const cacheImages = endpoint({
  since: '2.81',
  method: 'POST',
  path: '/os-aggregates/{aggregate_id}/images',
  summary: "Asks that images be at hand on an aggregate's hosts.",
  requires: ['ecs:aggregates:cacheImages'],
  query: noQuery,
  target: aggregateTarget,
  body: Type.Object({ cache: Type.Array(image, { minItems: 1, maxItems: 1000 }) }, closed),
  status: 202,
  errors: [
    aggregateErrors.notFound,
    aggregateErrors.idMalformed,
    aggregateErrors.imageTwice,
    aggregateErrors.imageUnknown,
  ],
  handle: (service, call, aggregate) => {
    const imageIds = call.body.cache.map(({ id }) => id);
    return fetchImages(service, call, aggregate, imageIds);
  },
});
