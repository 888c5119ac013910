import { type Static, Type } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import type { NewNetwork } from '../../../networks/create.ts';
import { mtuRange } from '../../../networks/network.ts';
import { BooleanValue, IntegerValue, Name, owner, toBoolean, zoneHints } from '../../values.ts';

const changeable = {
  name: Type.Optional(Name),
  description: Type.Optional(Name),
  admin_state_up: Type.Optional(BooleanValue),
  shared: Type.Optional(BooleanValue),
  'router:external': Type.Optional(BooleanValue),
  mtu: Type.Optional(IntegerValue),
  port_security_enabled: Type.Optional(BooleanValue),
  is_default: Type.Optional(Type.Unsafe<boolean | string>({ enum: [false, 'false', 'False'] })),
};

const closed = { additionalProperties: false };

export const CreateNetworkBody = Type.Object(
  {
    network: Type.Object(
      {
        ...changeable,
        ...owner,
        ...zoneHints,
        'provider:network_type': Type.Optional(Type.Literal('local')),
      },
      closed,
    ),
  },
  closed,
);

export const UpdateNetworkBody = Type.Object({ network: Type.Object(changeable, closed) }, closed);

export function readNetwork(
  body: Static<typeof UpdateNetworkBody>['network'],
): Omit<NewNetwork, 'projectId'> {
  return {
    name: body.name,
    description: body.description,
    adminStateUp: toBoolean(body.admin_state_up),
    shared: toBoolean(body.shared),
    external: toBoolean(body['router:external']),
    mtu: readMtu(body.mtu),
    portSecurityEnabled: toBoolean(body.port_security_enabled),
  };
}

/** 0 asks for the default, as in Neutron. */
function readMtu(value: number | string | undefined): number | undefined {
  if (value === undefined || Number(value) === 0) return undefined;
  const mtu = Number(value);
  if (mtu >= mtuRange.minimum && mtu <= mtuRange.maximum) return mtu;
  const reason = `'${mtu}' is not between ${mtuRange.minimum} and ${mtuRange.maximum}`;
  throw networkErrors.invalidAttribute({ name: 'mtu', reason });
}
