import { Type } from 'typebox';
import { LimitNumber, NullableRegionId } from '../registered-limits/schema.ts';
import { Description, Id, NullableId, nameOf } from '../schemas.ts';

const closed = { additionalProperties: false };

/** Each names a project or a domain. */
export const LimitsCreate = Type.Object({
  limits: Type.Array(
    Type.Object(
      {
        service_id: Id,
        project_id: Type.Optional(NullableId),
        domain_id: Type.Optional(NullableId),
        region_id: Type.Optional(NullableRegionId),
        resource_name: nameOf(255),
        resource_limit: LimitNumber,
        description: Type.Optional(Description),
      },
      closed,
    ),
    { minItems: 1, maxItems: 1000 },
  ),
});

export const LimitUpdate = Type.Object({
  limit: Type.Object(
    {
      resource_limit: Type.Optional(LimitNumber),
      description: Type.Optional(Description),
    },
    closed,
  ),
});
