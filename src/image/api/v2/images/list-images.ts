import { Type } from 'typebox';
import { imageErrors } from '#image/errors.ts';
import type { ListQuery } from '#image/listing/filter.ts';
import { listImages as list } from '#image/listing/list.ts';
import { isAdmin } from '#policy/actor.ts';
import { listScope } from '#policy/engine.ts';
import { endpoint } from '../../endpoint.ts';
import { renderImage } from '../../wire.ts';
import { imageShape } from './image-body.ts';

const one = Type.Optional(Type.String());
const several = Type.Union([Type.String(), Type.Array(Type.String())]);

/** Any other name filters by a free-form property of that name. */
const query = Type.Object(
  {
    limit: one,
    marker: one,
    id: one,
    name: one,
    status: one,
    visibility: one,
    owner: one,
    disk_format: one,
    container_format: one,
    protected: one,
    os_hidden: one,
    member_status: one,
    size_min: one,
    size_max: one,
    created_at: one,
    updated_at: one,
    sort: one,
    tag: Type.Optional(several),
    sort_key: Type.Optional(several),
    sort_dir: Type.Optional(several),
  },
  { additionalProperties: several },
);

const response = Type.Object({
  images: Type.Array(imageShape),
  schema: Type.String(),
  first: Type.String(),
  next: Type.Optional(Type.String()),
});

/** GET /v2/images: a page of what the project may use, filtered and sorted as asked. */
export const listImages = endpoint({
  method: 'GET',
  path: '/images',
  summary: 'Lists images',
  requires: ['ims:images:list'],
  query,
  status: 200,
  response,
  errors: [imageErrors.parameterInvalid],
  handle: async (service, call) => {
    const asked = call.query as ListQuery;
    const scope = listScope(call.actor, isAdmin(call.actor), 'ims:images:list');
    const { images, nextMarker } = await list(service.context, call.actor, scope, asked);
    return {
      images: images.map(renderImage),
      schema: '/v2/schemas/images',
      first: linkTo(asked, undefined),
      ...(nextMarker !== undefined && { next: linkTo(asked, nextMarker) }),
    };
  },
});

/** The same list from its start or from a marker on; relative, as Glance's clients expect it. */
function linkTo(query: ListQuery, marker: string | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name === 'marker') continue;
    for (const each of [value].flat()) parameters.append(name, each);
  }
  if (marker !== undefined) parameters.append('marker', marker);
  return parameters.size === 0 ? '/v2/images' : `/v2/images?${parameters}`;
}
