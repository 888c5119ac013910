import { type Static, Type } from 'typebox';
import type { PortWishes } from '../../../ports/check.ts';
import type { PortRequest } from '../../../ports/create.ts';
import type { Named } from '../../../things.ts';
import { BooleanValue, Id, Name, owner, toBoolean } from '../../values.ts';

const AddressText = Type.String({ maxLength: 64 });
const closed = { additionalProperties: false };

const FixedIps = Type.Array(
  Type.Object({ subnet_id: Type.Optional(Id), ip_address: Type.Optional(AddressText) }, closed),
  { maxItems: 100 },
);

const AddressPairs = Type.Array(
  Type.Object(
    {
      ip_address: AddressText,
      mac_address: Type.Optional(Type.Union([AddressText, Type.Null()])),
    },
    closed,
  ),
  { maxItems: 100 },
);

const changeable = {
  name: Type.Optional(Name),
  description: Type.Optional(Name),
  admin_state_up: Type.Optional(BooleanValue),
  mac_address: Type.Optional(AddressText),
  fixed_ips: Type.Optional(FixedIps),
  device_id: Type.Optional(Name),
  device_owner: Type.Optional(Name),
  security_groups: Type.Optional(Type.Union([Type.Array(Id, { maxItems: 100 }), Type.Null()])),
  port_security_enabled: Type.Optional(BooleanValue),
  allowed_address_pairs: Type.Optional(Type.Union([AddressPairs, Type.Null()])),
  dns_name: Type.Optional(Name),
  'binding:vnic_type': Type.Optional(Type.Literal('normal')),
  'binding:host_id': Type.Optional(Type.Union([Name, Type.Null()])),
  'binding:profile': Type.Optional(
    Type.Union([Type.Record(Type.String(), Type.Unknown(), { maxProperties: 64 }), Type.Null()]),
  ),
};

export const CreatePortBody = Type.Object(
  { port: Type.Object({ ...changeable, ...owner, network_id: Id }, closed) },
  closed,
);

export const UpdatePortBody = Type.Object({ port: Type.Object(changeable, closed) }, closed);

type Changeable = Static<typeof UpdatePortBody>['port'];

export function readPort(body: Changeable): PortWishes {
  return {
    name: body.name,
    description: body.description,
    adminStateUp: toBoolean(body.admin_state_up),
    macAddress: body.mac_address,
    fixedIps: body.fixed_ips?.map((one) => ({
      subnetId: one.subnet_id,
      address: one.ip_address,
    })),
    deviceId: body.device_id,
    deviceOwner: body.device_owner,
    securityGroupIds: body.security_groups ?? undefined,
    portSecurityEnabled: toBoolean(body.port_security_enabled),
    allowedAddressPairs: readPairs(body.allowed_address_pairs),
    dnsName: body.dns_name,
    vnicType: body['binding:vnic_type'],
    // Null takes the host, or what the profile says, away.
    hostId: body['binding:host_id'] === null ? '' : body['binding:host_id'],
    bindingProfile: body['binding:profile'] === null ? {} : body['binding:profile'],
  };
}

/** What else a port is said to have a part in. */
export function namedByPort({ fixed_ips = [], security_groups }: Changeable): Named {
  return {
    subnet: fixed_ips.map((one) => one.subnet_id),
    securityGroup: security_groups ?? [],
  };
}

export function readNewPort(
  body: Static<typeof CreatePortBody>['port'],
): Omit<PortRequest, 'projectId'> {
  return { ...readPort(body), networkId: body.network_id };
}

function readPairs(pairs: Changeable['allowed_address_pairs']): PortWishes['allowedAddressPairs'] {
  if (pairs === undefined) return undefined;
  return (pairs ?? []).map(({ ip_address, mac_address }) =>
    mac_address ? { ip_address, mac_address } : { ip_address },
  );
}
