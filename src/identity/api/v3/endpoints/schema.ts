import { Type } from 'typebox';
import { RegionId } from '../regions/schema.ts';
import { Id, noNul } from '../schemas.ts';

const NullableRegion = Type.Union([RegionId, Type.Null()]);
const Interface = Type.Union([
  Type.Literal('public'),
  Type.Literal('internal'),
  Type.Literal('admin'),
]);
const Url = Type.String({ minLength: 1, maxLength: 2048, pattern: noNul });

const members = {
  region: Type.Optional(NullableRegion),
  region_id: Type.Optional(NullableRegion),
  enabled: Type.Optional(Type.Boolean()),
};

/** Other members are kept as they are. */
export const EndpointCreate = Type.Object({
  endpoint: Type.Object({ service_id: Id, interface: Interface, url: Url, ...members }),
});

export const EndpointUpdate = Type.Object({
  endpoint: Type.Object({
    service_id: Type.Optional(Id),
    interface: Type.Optional(Interface),
    url: Type.Optional(Url),
    ...members,
  }),
});

/** Everything that is not kept as an added member. */
export const endpointMembers = [
  'id',
  'links',
  'service_id',
  'interface',
  'url',
  ...Object.keys(members),
] as const;
