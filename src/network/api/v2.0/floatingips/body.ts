import { type Static, Type } from 'typebox';
import type { AssociationRequest } from '../../../floating-ips/associate.ts';
import { floatingErrors } from '../../../floating-ips/errors.ts';
import { Id, Name, owner } from '../../values.ts';

const closed = { additionalProperties: false };
const address = Type.String({ maxLength: 64 });
const nullable = <Schema extends typeof Id>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

const changeable = {
  port_id: nullable(Id),
  fixed_ip_address: nullable(address),
  description: Type.Optional(Name),
};

export const CreateFloatingIpBody = Type.Object(
  {
    floatingip: Type.Object(
      {
        ...changeable,
        ...owner,
        floating_network_id: Id,
        floating_ip_address: nullable(address),
        subnet_id: nullable(Id),
      },
      closed,
    ),
  },
  closed,
);

export const UpdateFloatingIpBody = Type.Object(
  { floatingip: Type.Object(changeable, closed) },
  closed,
);

/** Null: to no port; undefined: nothing is said. @throws BadRequest for an address without port */
export function readAssociation(
  body: Static<typeof UpdateFloatingIpBody>['floatingip'],
): AssociationRequest | null | undefined {
  const { port_id: portId, fixed_ip_address: fixedAddress } = body;
  if (portId) return { portId, fixedAddress: fixedAddress ?? undefined };
  if (fixedAddress) {
    const sentence = 'fixed_ip_address cannot be specified without a port_id';
    throw floatingErrors.badRequest({ sentence });
  }
  return portId === undefined ? undefined : null;
}
