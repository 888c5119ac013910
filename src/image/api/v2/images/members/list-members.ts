import { Type } from 'typebox';
import { viewMembers } from '#image/members/share.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageTarget } from '../../../target.ts';
import { renderMember } from '../../../wire.ts';
import { memberShape } from './member-body.ts';

/** GET /v2/images/{image_id}/members */
export const listMembers = endpoint({
  method: 'GET',
  path: '/images/{image_id}/members',
  summary: 'Lists the projects with which an image is shared',
  requires: ['ims:images:listMembers'],
  status: 200,
  response: Type.Object({ members: Type.Array(memberShape), schema: Type.String() }),
  target: imageTarget,
  handle: async (service, call, image) => {
    const members = await viewMembers(service.context, call.actor, image);
    return { members: members.map(renderMember), schema: '/v2/schemas/members' };
  },
});
