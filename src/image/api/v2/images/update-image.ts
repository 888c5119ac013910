import { Type } from 'typebox';
import { requestErrors } from '#base/errors.ts';
import { limits } from '#base/limits.ts';
import { imageErrors } from '#image/errors.ts';
import { type PatchDialect, parsePatch } from '#image/images/patch.ts';
import { updateImage as update } from '#image/images/update.ts';
import { endpoint } from '../../endpoint.ts';
import { imageChangeErrors, imageTarget } from '../../target.ts';
import { renderImage } from '../../wire.ts';
import { imageShape } from './image-body.ts';

const dialects = new Map<string, PatchDialect>([
  ['application/openstack-images-v2.0-json-patch', 'v2.0'],
  ['application/openstack-images-v2.1-json-patch', 'v2.1'],
]);

const body = Type.Array(Type.Record(Type.String(), Type.Unknown()), {
  maxItems: limits.imagePatchChanges,
});

/** PATCH /v2/images/{image_id}: all of the changes or none. */
export const updateImage = endpoint({
  method: 'PATCH',
  path: '/images/{image_id}',
  summary: 'Changes attributes, properties and tags of an image by a JSON patch',
  requires: ['ims:images:update'],
  body,
  status: 200,
  response: imageShape,
  errors: [
    ...imageChangeErrors,
    requestErrors.typeUnsupported,
    imageErrors.patchInvalid,
    imageErrors.attributeReadOnly,
    imageErrors.attributeReserved,
    imageErrors.baseNotRemovable,
    imageErrors.propertyAbsent,
    imageErrors.propertyPresent,
    imageErrors.formatFixed,
    imageErrors.tooMany,
  ],
  target: imageTarget,
  handle: async (service, call, image) => {
    const changes = parsePatch(call.body, dialectOf(call.headers['content-type']));
    return renderImage(await update(service.context, call.actor, image, changes));
  },
});

function dialectOf(header: string | string[] | undefined): PatchDialect {
  const type =
    String(header ?? '')
      .split(';')[0]
      ?.trim()
      .toLowerCase() ?? '';
  const dialect = dialects.get(type);
  if (dialect) return dialect;
  const refusal = requestErrors.typeUnsupported({ type });
  refusal.headers['accept-patch'] = [...dialects.keys()].join(', ');
  throw refusal;
}
