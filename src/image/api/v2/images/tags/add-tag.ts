import { imageErrors } from '#image/errors.ts';
import { addTag as add } from '#image/images/update.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageChangeErrors, imageTarget } from '../../../target.ts';

/** PUT /v2/images/{image_id}/tags/{tag} */
export const addTag = endpoint({
  method: 'PUT',
  path: '/images/{image_id}/tags/{tag}',
  summary: 'Tags an image',
  requires: ['ims:images:update'],
  status: 204,
  errors: [...imageChangeErrors, imageErrors.tooMany, imageErrors.parameterInvalid],
  target: imageTarget,
  handle: async (service, call, image) => {
    await add(service.context, call.actor, image, call.params.tag);
  },
});
