import { endpoint } from '#compute/api/endpoint.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { imageTarget } from './target.ts';

export const deleteImage = endpoint({
  until: '2.35',
  method: 'DELETE',
  path: '/images/{image_id}',
  summary: 'Deletes an image; servers made from it keep their disks.',
  requires: ['ims:images:delete'],
  target: imageTarget,
  status: 204,
  errors: [imageProxyErrors.notFound],
  handle: (service, call, image) => service.images.remove(call.actor, image),
});
