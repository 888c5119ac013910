import { Type } from 'typebox';
import { Description, noNul } from '../schemas.ts';

export const RegionId = Type.String({ minLength: 1, maxLength: 255, pattern: noNul });

const members = {
  description: Type.Optional(Description),
  parent_region_id: Type.Optional(Type.Union([RegionId, Type.Null()])),
};

/** An empty id asks for one that is made. Other members are kept as they are. */
export const RegionCreate = Type.Object({
  region: Type.Object({
    id: Type.Optional(Type.Union([Type.String({ maxLength: 255, pattern: noNul }), Type.Null()])),
    ...members,
  }),
});

export const RegionUpdate = Type.Object({ region: Type.Object(members) });

/** Everything that is not kept as an added member. */
export const regionMembers = ['id', 'links', ...Object.keys(members)] as const;
