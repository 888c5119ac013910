import { Type } from 'typebox';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Router } from '../../../routers/router.ts';
import { boolean, closed, fixedIp, standardShape, text, texts } from '../../answers.ts';
import { renderStandard } from '../../standard.ts';
import { zoneNames } from '../../values.ts';

const gateway = Type.Object(
  { network_id: text, enable_snat: boolean, external_fixed_ips: Type.Array(fixedIp) },
  closed,
);

/** What only administrators see is optional. */
export const routerSchema = Type.Object(
  {
    id: text,
    name: text,
    admin_state_up: boolean,
    status: text,
    external_gateway_info: Type.Union([gateway, Type.Null()]),
    routes: Type.Array(Type.Unknown(), { maxItems: 0 }),
    availability_zones: texts,
    availability_zone_hints: texts,
    ...standardShape,
    distributed: Type.Optional(boolean),
    ha: Type.Optional(boolean),
  },
  closed,
);

export function renderRouter(router: Router, actor: Actor): Record<string, unknown> {
  const gateway = router.externalGateway;
  return {
    id: router.id,
    name: router.name,
    admin_state_up: router.adminStateUp,
    status: router.status,
    external_gateway_info: gateway && {
      network_id: gateway.networkId,
      enable_snat: gateway.enableSnat,
      external_fixed_ips: gateway.fixedIps.map(({ subnetId, address }) => ({
        subnet_id: subnetId,
        ip_address: address,
      })),
    },
    routes: [],
    availability_zones: zoneNames,
    availability_zone_hints: [],
    ...renderStandard(router),
    // One host routes: neither spread nor doubled.
    ...(isAdmin(actor) && { distributed: false, ha: false }),
  };
}
