import { Type } from 'typebox';
import { Description, nameOf, noNul } from '../schemas.ts';

const part = Type.Optional(Type.String({ minLength: 1, maxLength: 255, pattern: noNul }));

/** What an endpoint must have; none at all would be all of them. */
const Filters = Type.Object(
  { service_id: part, region_id: part, interface: part },
  { additionalProperties: false, minProperties: 1 },
);

export const GroupCreate = Type.Object({
  endpoint_group: Type.Object({
    name: nameOf(255),
    description: Type.Optional(Description),
    filters: Filters,
  }),
});

export const GroupUpdate = Type.Object({
  endpoint_group: Type.Object({
    name: Type.Optional(nameOf(255)),
    description: Type.Optional(Description),
    filters: Type.Optional(Filters),
  }),
});
