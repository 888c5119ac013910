import { Type } from 'typebox';
import { Description, NullableId, nameOf, Options, Tags } from '../schemas.ts';

const members = {
  description: Type.Optional(Description),
  domain_id: Type.Optional(NullableId),
  parent_id: Type.Optional(NullableId),
  is_domain: Type.Optional(Type.Boolean()),
  enabled: Type.Optional(Type.Boolean()),
  tags: Type.Optional(Tags),
  options: Type.Optional(Options),
};

/** Other members are kept as they are. */
export const ProjectCreate = Type.Object({
  project: Type.Object({ name: nameOf(64), ...members }),
});

export const ProjectUpdate = Type.Object({
  project: Type.Object({ name: Type.Optional(nameOf(64)), ...members }),
});

/** Everything that is not kept as an added member. */
export const projectMembers = ['id', 'name', 'links', ...Object.keys(members)] as const;
