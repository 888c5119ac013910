import { imageErrors } from '#image/errors.ts';
import { setActive } from '#image/images/activate.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageTarget } from '../../../target.ts';

/** POST /v2/images/{image_id}/actions/reactivate, for administrators. */
export const reactivateImage = endpoint({
  method: 'POST',
  path: '/images/{image_id}/actions/reactivate',
  summary: 'Opens the data of a deactivated image again',
  requires: ['ims:images:reactivate'],
  status: 204,
  errors: [imageErrors.actionNotLegal],
  target: imageTarget,
  handle: async (service, _call, image) => {
    await setActive(service.context, image, 'reactivate');
  },
});
