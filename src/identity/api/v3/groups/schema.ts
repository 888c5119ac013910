import { Type } from 'typebox';
import { Description, Id, nameOf } from '../schemas.ts';

const members = {
  description: Type.Optional(Description),
  domain_id: Type.Optional(Id),
};

/** Other members are kept as they are. */
export const GroupCreate = Type.Object({
  group: Type.Object({ name: nameOf(64), ...members }),
});

export const GroupUpdate = Type.Object({
  group: Type.Object({ name: Type.Optional(nameOf(64)), ...members }),
});

/** Everything that is not kept as an added member. */
export const groupMembers = ['id', 'name', 'links', ...Object.keys(members)] as const;
