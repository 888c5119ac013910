import { Type } from 'typebox';

const closed = { additionalProperties: false };

export const accessAnswer = Type.Object(
  {
    flavor_access: Type.Array(
      Type.Object({ flavor_id: Type.String(), tenant_id: Type.String() }, closed),
    ),
  },
  closed,
);

/** The projects that may use a flavor, as lists and actions on access answer. */
export function accessWire(flavorId: string, projectIds: readonly string[]): object {
  return {
    flavor_access: projectIds.map((id) => ({ flavor_id: flavorId, tenant_id: id })),
  };
}
