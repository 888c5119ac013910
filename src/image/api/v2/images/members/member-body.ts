import { Type } from 'typebox';
import { memberStatuses } from '#image/members/member.ts';

/** A member as answers show it. */
export const memberShape = Type.Object({
  member_id: Type.String(),
  image_id: Type.String({ format: 'uuid' }),
  status: Type.String({ enum: [...memberStatuses] }),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
  schema: Type.String(),
});
