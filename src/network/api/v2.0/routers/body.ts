import { type Static, Type } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import type { GatewayRequest } from '../../../routers/gateway.ts';
import type { RouterChange } from '../../../routers/update.ts';
import { BooleanValue, Id, Name, owner, toBoolean, zoneHints } from '../../values.ts';

const closed = { additionalProperties: false };

const FixedIp = Type.Object(
  {
    subnet_id: Type.Optional(Id),
    ip_address: Type.Optional(Type.String({ maxLength: 64 })),
  },
  closed,
);

// Clients take a gateway away with null, with an empty object or without a network.
const GatewayInfo = Type.Union([
  Type.Null(),
  Type.Object(
    {
      network_id: Type.Optional(Type.Union([Id, Type.Null()])),
      enable_snat: Type.Optional(BooleanValue),
      external_fixed_ips: Type.Optional(Type.Array(FixedIp, { maxItems: 20 })),
    },
    closed,
  ),
]);

const No = Type.Unsafe<false | null | string>({ enum: [false, null, 'false', 'False'] });

const changeable = {
  name: Type.Optional(Name),
  description: Type.Optional(Name),
  admin_state_up: Type.Optional(BooleanValue),
  external_gateway_info: Type.Optional(GatewayInfo),
  // Not offered; saying so is allowed.
  ha: Type.Optional(No),
  distributed: Type.Optional(No),
  routes: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 0 })),
};

export const CreateRouterBody = Type.Object(
  { router: Type.Object({ ...changeable, ...owner, ...zoneHints }, closed) },
  closed,
);

export const UpdateRouterBody = Type.Object({ router: Type.Object(changeable, closed) }, closed);

export const InterfaceBody = Type.Object(
  { subnet_id: Type.Optional(Id), port_id: Type.Optional(Id) },
  closed,
);

type Changeable = Static<typeof UpdateRouterBody>['router'];

export function readRouter(body: Changeable): RouterChange {
  return {
    name: body.name,
    description: body.description,
    adminStateUp: toBoolean(body.admin_state_up),
    externalGateway: readGateway(body.external_gateway_info),
  };
}

function readGateway(info: Changeable['external_gateway_info']): GatewayRequest | null | undefined {
  if (info === undefined || info === null) return info;
  if (!info.network_id) {
    if (Object.keys(info).every((name) => name === 'network_id')) return null;
    const reason = "'network_id' is required";
    throw networkErrors.invalidAttribute({ name: 'external_gateway_info', reason });
  }
  return {
    networkId: info.network_id,
    enableSnat: toBoolean(info.enable_snat),
    fixedIps: info.external_fixed_ips?.map((one) => ({
      subnetId: one.subnet_id,
      address: one.ip_address,
    })),
  };
}
