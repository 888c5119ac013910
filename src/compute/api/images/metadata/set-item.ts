import { endpoint } from '#compute/api/endpoint.ts';
import { itemAnswer, itemBody } from '#compute/api/metadata/schemas.ts';
import { updateImageMetadata } from '#compute/images/change-metadata.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { imageTarget } from '../target.ts';

export const setImageItem = endpoint({
  until: '2.38',
  method: 'PUT',
  path: '/images/{image_id}/metadata/{key}',
  summary: 'Sets one item of the metadata of an image.',
  requires: ['ims:images:update'],
  target: imageTarget,
  body: itemBody,
  status: 200,
  response: itemAnswer,
  errors: [imageProxyErrors.notFound, imageProxyErrors.mismatch, imageProxyErrors.tooManyItems],
  handle: async (service, call, image) => {
    const { meta } = call.body;
    if (!Object.hasOwn(meta, call.params.key)) throw imageProxyErrors.mismatch();
    await updateImageMetadata(service, call.actor, image, meta);
    return { meta };
  },
});
