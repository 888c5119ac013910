import { endpoint } from '#compute/api/endpoint.ts';
import { itemAnswer } from '#compute/api/metadata/schemas.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { imageTarget } from '../target.ts';

export const showImageItem = endpoint({
  until: '2.38',
  method: 'GET',
  path: '/images/{image_id}/metadata/{key}',
  summary: 'Shows one item of the metadata of an image.',
  requires: ['ims:images:get'],
  target: imageTarget,
  status: 200,
  response: itemAnswer,
  errors: [imageProxyErrors.notFound, imageProxyErrors.itemNotFound],
  handle: async (_service, call, image) => {
    const { key } = call.params;
    if (!Object.hasOwn(image.properties, key)) throw imageProxyErrors.itemNotFound();
    return { meta: { [key]: image.properties[key] } };
  },
});
