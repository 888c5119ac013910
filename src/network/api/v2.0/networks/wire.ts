import { Type } from 'typebox';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Network } from '../../../networks/network.ts';
import { boolean, closed, integer, standardShape, text, textOrNull, texts } from '../../answers.ts';
import { renderStandard } from '../../standard.ts';
import { zoneNames } from '../../values.ts';

/** What only administrators see is optional. */
export const networkSchema = Type.Object(
  {
    id: text,
    name: text,
    admin_state_up: boolean,
    status: text,
    shared: boolean,
    subnets: texts,
    'router:external': boolean,
    mtu: integer,
    port_security_enabled: boolean,
    availability_zones: texts,
    availability_zone_hints: texts,
    ...standardShape,
    'provider:network_type': Type.Optional(text),
    'provider:physical_network': Type.Optional(textOrNull),
    'provider:segmentation_id': Type.Optional(Type.Union([integer, Type.Null()])),
  },
  closed,
);

export function renderNetwork(network: Network, actor: Actor): Record<string, unknown> {
  return {
    id: network.id,
    name: network.name,
    admin_state_up: network.adminStateUp,
    status: network.status,
    shared: network.shared,
    subnets: network.subnetIds,
    'router:external': network.external,
    mtu: network.mtu,
    port_security_enabled: network.portSecurityEnabled,
    availability_zones: zoneNames,
    availability_zone_hints: [],
    ...renderStandard(network),
    // How the cloud carries a network is for those who run it.
    ...(isAdmin(actor) && {
      'provider:network_type': 'local',
      'provider:physical_network': null,
      'provider:segmentation_id': null,
    }),
  };
}
