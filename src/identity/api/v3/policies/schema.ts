import { Type } from 'typebox';
import { nameOf } from '../schemas.ts';

/** Other members are kept as they are. */
export const PolicyCreate = Type.Object({
  policy: Type.Object({ type: nameOf(255), blob: Type.Unknown() }),
});

export const PolicyUpdate = Type.Object({
  policy: Type.Object({
    type: Type.Optional(nameOf(255)),
    blob: Type.Optional(Type.Unknown()),
  }),
});

/** Everything that is not kept as an added member. */
export const policyMembers = ['id', 'type', 'blob', 'links'] as const;
