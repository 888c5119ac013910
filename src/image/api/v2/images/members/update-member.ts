import { Type } from 'typebox';
import { imageErrors } from '#image/errors.ts';
import { type MemberStatus, memberStatuses } from '#image/members/member.ts';
import { answerOffer } from '#image/members/share.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageTarget } from '../../../target.ts';
import { renderMember } from '../../../wire.ts';
import { memberShape } from './member-body.ts';

const body = Type.Object({ status: Type.Unsafe<MemberStatus>({ enum: [...memberStatuses] }) });

/** PUT /v2/images/{image_id}/members/{member_id}: the member accepts or rejects. */
export const updateMember = endpoint({
  method: 'PUT',
  path: '/images/{image_id}/members/{member_id}',
  summary: 'Accepts or rejects an image that another project shares',
  requires: ['ims:images:setMember'],
  body,
  status: 200,
  response: memberShape,
  errors: [imageErrors.memberNotFound, imageErrors.notPermitted],
  target: imageTarget,
  handle: async (service, call, image) => {
    const { member_id } = call.params;
    const { status } = call.body;
    return renderMember(await answerOffer(service.context, call.actor, image, member_id, status));
  },
});
