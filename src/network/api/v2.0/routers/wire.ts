import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Router } from '../../../routers/router.ts';
import { renderStandard } from '../../standard.ts';
import { zoneNames } from '../../values.ts';

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
