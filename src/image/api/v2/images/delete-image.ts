import { imageErrors } from '#image/errors.ts';
import { deleteImage as remove } from '#image/images/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { imageChangeErrors, imageTarget } from '../../target.ts';

/** DELETE /v2/images/{image_id}; servers made from it keep their disks. */
export const deleteImage = endpoint({
  method: 'DELETE',
  path: '/images/{image_id}',
  summary: 'Deletes an image and its data',
  requires: ['ims:images:delete'],
  status: 204,
  errors: [...imageChangeErrors, imageErrors.imageProtected],
  target: imageTarget,
  handle: async (service, call, image) => {
    await remove(service.context, call.actor, image);
  },
});
