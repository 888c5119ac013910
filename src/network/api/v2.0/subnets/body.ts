import { type Static, Type } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import type { NewSubnet } from '../../../subnets/create.ts';
import type { SubnetChange } from '../../../subnets/update.ts';
import { BooleanValue, Id, Name, owner, toBoolean } from '../../values.ts';

const AddressText = Type.String({ maxLength: 64 });
const closed = { additionalProperties: false };

const changeable = {
  name: Type.Optional(Name),
  description: Type.Optional(Name),
  gateway_ip: Type.Optional(Type.Union([AddressText, Type.Null()])),
  enable_dhcp: Type.Optional(BooleanValue),
  allocation_pools: Type.Optional(
    Type.Array(Type.Object({ start: AddressText, end: AddressText }, closed), { maxItems: 100 }),
  ),
  dns_nameservers: Type.Optional(Type.Array(AddressText, { maxItems: 100 })),
  host_routes: Type.Optional(
    Type.Array(Type.Object({ destination: AddressText, nexthop: AddressText }, closed), {
      maxItems: 100,
    }),
  ),
  // No kind of device is told apart from others, so that only the empty list is true.
  service_types: Type.Optional(Type.Array(Name, { maxItems: 0 })),
};

const Ipv6Mode = Type.Union([
  Type.Literal('dhcpv6-stateful'),
  Type.Literal('dhcpv6-stateless'),
  Type.Literal('slaac'),
]);

export const CreateSubnetBody = Type.Object(
  {
    subnet: Type.Object(
      {
        ...changeable,
        ...owner,
        network_id: Id,
        ip_version: Type.Unsafe<4 | 6 | '4' | '6'>({ enum: [4, 6, '4', '6'] }),
        cidr: Type.Optional(Type.Union([AddressText, Type.Null()])),
        subnetpool_id: Type.Optional(Type.Null()),
        ipv6_ra_mode: Type.Optional(Ipv6Mode),
        ipv6_address_mode: Type.Optional(Ipv6Mode),
      },
      closed,
    ),
  },
  closed,
);

export const UpdateSubnetBody = Type.Object({ subnet: Type.Object(changeable, closed) }, closed);

type Changeable = Static<typeof UpdateSubnetBody>['subnet'];

export function readSubnet(body: Changeable): SubnetChange {
  return {
    name: body.name,
    description: body.description,
    gatewayIp: body.gateway_ip,
    enableDhcp: toBoolean(body.enable_dhcp),
    allocationPools: body.allocation_pools,
    dnsNameservers: body.dns_nameservers,
    hostRoutes: body.host_routes,
  };
}

export function readNewSubnet(
  body: Static<typeof CreateSubnetBody>['subnet'],
): Omit<NewSubnet, 'projectId'> {
  if (!body.cidr) {
    const sentence = 'a subnetpool must be specified in the absence of a cidr';
    throw networkErrors.badRequest({ resource: 'subnets', sentence });
  }
  // An empty list of pools asks for the default ones, as in Neutron.
  const pools = body.allocation_pools?.length === 0 ? undefined : body.allocation_pools;
  return {
    ...readSubnet(body),
    allocationPools: pools,
    networkId: body.network_id,
    ipVersion: Number(body.ip_version) === 6 ? 6 : 4,
    cidr: body.cidr,
    ipv6RaMode: body.ipv6_ra_mode,
    ipv6AddressMode: body.ipv6_address_mode,
  };
}
