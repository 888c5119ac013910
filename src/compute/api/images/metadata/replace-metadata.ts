import { endpoint } from '#compute/api/endpoint.ts';
import { metadataAnswer, metadataBody } from '#compute/api/metadata/schemas.ts';
import { replaceImageMetadata as setItems } from '#compute/images/change-metadata.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { imageTarget } from '../target.ts';

export const replaceImageMetadata = endpoint({
  until: '2.38',
  method: 'PUT',
  path: '/images/{image_id}/metadata',
  summary: 'Gives an image this metadata and no other.',
  requires: ['ims:images:update'],
  target: imageTarget,
  body: metadataBody,
  status: 200,
  response: metadataAnswer,
  errors: [imageProxyErrors.notFound, imageProxyErrors.tooManyItems],
  handle: async (service, call, image) => ({
    metadata: await setItems(service, call.actor, image, call.body.metadata),
  }),
});
