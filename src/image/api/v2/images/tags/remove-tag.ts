import { imageErrors } from '#image/errors.ts';
import { removeTag as remove } from '#image/images/update.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageChangeErrors, imageTarget } from '../../../target.ts';

/** DELETE /v2/images/{image_id}/tags/{tag} */
export const removeTag = endpoint({
  method: 'DELETE',
  path: '/images/{image_id}/tags/{tag}',
  summary: 'Takes a tag off an image',
  requires: ['ims:images:update'],
  status: 204,
  errors: [...imageChangeErrors, imageErrors.tagNotFound],
  target: imageTarget,
  handle: async (service, call, image) => {
    await remove(service.context, call.actor, image, call.params.tag);
  },
});
