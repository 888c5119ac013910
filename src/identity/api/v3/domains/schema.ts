import { Type } from 'typebox';
import { Description, nameOf, Options, Tags } from '../schemas.ts';

const members = {
  description: Type.Optional(Description),
  enabled: Type.Optional(Type.Boolean()),
  tags: Type.Optional(Tags),
  options: Type.Optional(Options),
};

/** Other members are kept as they are. */
export const DomainCreate = Type.Object({
  domain: Type.Object({ name: nameOf(64), ...members }),
});

export const DomainUpdate = Type.Object({
  domain: Type.Object({ name: Type.Optional(nameOf(64)), ...members }),
});

/** Everything that is not kept as an added member. */
export const domainMembers = ['id', 'name', 'links', ...Object.keys(members)] as const;
