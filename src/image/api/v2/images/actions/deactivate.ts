import { imageErrors } from '#image/errors.ts';
import { setActive } from '#image/images/activate.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageTarget } from '../../../target.ts';

/** POST /v2/images/{image_id}/actions/deactivate, for administrators. */
export const deactivateImage = endpoint({
  method: 'POST',
  path: '/images/{image_id}/actions/deactivate',
  summary: "Closes an image's data to all but administrators",
  requires: ['ims:images:deactivate'],
  status: 204,
  errors: [imageErrors.actionNotLegal],
  target: imageTarget,
  handle: async (service, _call, image) => {
    await setActive(service.context, image, 'deactivate');
  },
});
