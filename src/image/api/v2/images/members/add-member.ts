import { Type } from 'typebox';
import { imageErrors } from '#image/errors.ts';
import { addMember as add } from '#image/members/share.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageTarget } from '../../../target.ts';
import { renderMember } from '../../../wire.ts';
import { memberShape } from './member-body.ts';

const body = Type.Object({
  member: Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000]*$' }),
});

/** POST /v2/images/{image_id}/members */
export const addMember = endpoint({
  method: 'POST',
  path: '/images/{image_id}/members',
  summary: 'Shares an image with a project',
  requires: ['ims:images:share'],
  body,
  status: 200,
  response: memberShape,
  errors: [
    imageErrors.notPermitted,
    imageErrors.notShared,
    imageErrors.memberExists,
    imageErrors.tooMany,
  ],
  target: imageTarget,
  handle: async (service, call, image) =>
    renderMember(await add(service.context, call.actor, image, call.body.member)),
});
