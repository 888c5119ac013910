import { endpoint } from '#compute/api/endpoint.ts';
import { removeImageMetadataItem } from '#compute/images/change-metadata.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { imageTarget } from '../target.ts';

export const deleteImageItem = endpoint({
  until: '2.38',
  method: 'DELETE',
  path: '/images/{image_id}/metadata/{key}',
  summary: 'Removes one item of the metadata of an image.',
  requires: ['ims:images:update'],
  target: imageTarget,
  status: 204,
  errors: [imageProxyErrors.notFound, imageProxyErrors.itemNotFound],
  handle: (service, call, image) =>
    removeImageMetadataItem(service, call.actor, image, call.params.key),
});
