import { Type } from 'typebox';
import { Reply } from '#endpoints/endpoint.ts';
import { imageErrors } from '#image/errors.ts';
import { settableAttributes } from '#image/images/attributes.ts';
import { createImage as create } from '#image/images/create.ts';
import { endpoint } from '../../endpoint.ts';
import { renderImage } from '../../wire.ts';
import { imageShape } from './image-body.ts';

const hex = '[0-9a-fA-F]';
const uuidPattern = `^${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}$`;

/** Further members are properties; the verb tells them from the names that nobody may set. */
const body = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: uuidPattern })),
    ...Object.fromEntries(
      Object.entries(settableAttributes).map(([name, { schema }]) => [name, Type.Optional(schema)]),
    ),
  },
  { additionalProperties: true },
);

/** POST /v2/images: the record of an image, which then waits for its data. */
export const createImage = endpoint({
  method: 'POST',
  path: '/images',
  summary: 'Creates an image without data',
  requires: ['ims:images:create'],
  body,
  status: 201,
  response: imageShape,
  errors: [
    imageErrors.imageExists,
    imageErrors.notPermitted,
    imageErrors.attributeReadOnly,
    imageErrors.attributeReserved,
    imageErrors.tooMany,
  ],
  handle: async (service, call) => {
    const image = await create(service.context, call.actor, call.body as Record<string, unknown>);
    const headers = { location: `${call.root}/images/${image.id}` };
    return new Reply(renderImage(image), { headers });
  },
});
