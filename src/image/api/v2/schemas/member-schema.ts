import { memberStatuses } from '#image/members/member.ts';

export const memberSchema = {
  name: 'member',
  properties: {
    member_id: { type: 'string', description: 'An identifier for the image member (tenantId)' },
    image_id: { type: 'string', description: 'An identifier for the image' },
    created_at: { type: 'string', description: 'Date and time of image member creation' },
    updated_at: { type: 'string', description: 'Date and time of last modification' },
    status: {
      type: 'string',
      description: 'The status of this image member',
      enum: memberStatuses,
    },
    schema: { readOnly: true, type: 'string' },
  },
};

export const membersSchema = {
  name: 'members',
  properties: {
    members: { type: 'array', items: memberSchema },
    schema: { type: 'string' },
  },
  links: [{ rel: 'describedby', href: '{schema}' }],
};
