import { Type } from 'typebox';
import { Description, nameOf, noNul } from '../schemas.ts';

const members = {
  name: Type.Optional(Type.String({ maxLength: 255, pattern: noNul })),
  description: Type.Optional(Description),
  enabled: Type.Optional(Type.Boolean()),
};

/** Other members are kept as they are. */
export const ServiceCreate = Type.Object({
  service: Type.Object({ type: nameOf(255), ...members }),
});

export const ServiceUpdate = Type.Object({
  service: Type.Object({ type: Type.Optional(nameOf(255)), ...members }),
});

/** Everything that is not kept as an added member. */
export const serviceMembers = ['id', 'type', 'links', ...Object.keys(members)] as const;
