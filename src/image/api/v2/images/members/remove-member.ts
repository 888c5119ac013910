import { imageErrors } from '#image/errors.ts';
import { removeMember as remove } from '#image/members/share.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageTarget } from '../../../target.ts';

/** DELETE /v2/images/{image_id}/members/{member_id} */
export const removeMember = endpoint({
  method: 'DELETE',
  path: '/images/{image_id}/members/{member_id}',
  summary: 'Stops sharing an image with a project',
  requires: ['ims:images:share'],
  status: 204,
  errors: [imageErrors.memberNotFound, imageErrors.notPermitted, imageErrors.notShared],
  target: imageTarget,
  handle: async (service, call, image) => {
    await remove(service.context, call.actor, image, call.params.member_id);
  },
});
