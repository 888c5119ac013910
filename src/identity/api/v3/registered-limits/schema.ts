import { Type } from 'typebox';
import { RegionId } from '../regions/schema.ts';
import { Description, Id, nameOf } from '../schemas.ts';

/** What a column holds on both databases. */
export const LimitNumber = Type.Integer({ minimum: -1, maximum: 2 ** 31 - 1 });

export const NullableRegionId = Type.Union([RegionId, Type.Null()]);

const members = {
  region_id: Type.Optional(NullableRegionId),
  description: Type.Optional(Description),
};

const closed = { additionalProperties: false };

export const RegisteredCreate = Type.Object({
  registered_limits: Type.Array(
    Type.Object(
      { service_id: Id, resource_name: nameOf(255), default_limit: LimitNumber, ...members },
      closed,
    ),
    { minItems: 1, maxItems: 1000 },
  ),
});

export const RegisteredUpdate = Type.Object({
  registered_limit: Type.Object(
    {
      service_id: Type.Optional(Id),
      resource_name: Type.Optional(nameOf(255)),
      default_limit: Type.Optional(LimitNumber),
      ...members,
    },
    closed,
  ),
});
