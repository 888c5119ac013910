import { endpoint } from '#compute/api/endpoint.ts';
import { metadataAnswer } from '#compute/api/metadata/schemas.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { imageTarget } from '../target.ts';

export const listImageMetadata = endpoint({
  until: '2.38',
  method: 'GET',
  path: '/images/{image_id}/metadata',
  summary: 'Lists the metadata of an image: its free-form properties.',
  requires: ['ims:images:get'],
  target: imageTarget,
  status: 200,
  response: metadataAnswer,
  errors: [imageProxyErrors.notFound],
  handle: async (_service, _call, image) => ({ metadata: image.properties }),
});
