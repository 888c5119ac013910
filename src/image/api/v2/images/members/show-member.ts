import { imageErrors } from '#image/errors.ts';
import { viewMember } from '#image/members/share.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageTarget } from '../../../target.ts';
import { renderMember } from '../../../wire.ts';
import { memberShape } from './member-body.ts';

/** GET /v2/images/{image_id}/members/{member_id} */
export const showMember = endpoint({
  method: 'GET',
  path: '/images/{image_id}/members/{member_id}',
  summary: 'Shows whether a project accepted an image',
  requires: ['ims:images:getMember'],
  status: 200,
  response: memberShape,
  errors: [imageErrors.memberNotFound],
  target: imageTarget,
  handle: async (service, call, image) => {
    const { member_id } = call.params;
    return renderMember(await viewMember(service.context, call.actor, image, member_id));
  },
});
