import { Type } from 'typebox';
import { Description, NullableId, nameOf, Options } from '../schemas.ts';

const members = {
  description: Type.Optional(Description),
  domain_id: Type.Optional(NullableId),
  options: Type.Optional(Options),
};

/** Other members are kept as they are. */
export const RoleCreate = Type.Object({
  role: Type.Object({ name: nameOf(255), ...members }),
});

export const RoleUpdate = Type.Object({
  role: Type.Object({ name: Type.Optional(nameOf(255)), ...members }),
});

/** Everything that is not kept as an added member. */
export const roleMembers = ['id', 'name', 'links', ...Object.keys(members)] as const;
