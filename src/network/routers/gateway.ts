import { requestErrors } from '#base/errors.ts';
import type { Queries } from '#db/database.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { blocksOverlap, parseBlock } from '../addresses/address.ts';
import type { FixedIpRequest } from '../addresses/allocate.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { requireGatewayUnused } from '../floating-ips/needs.ts';
import { seesNetwork } from '../networks/network.ts';
import { findNetwork } from '../networks/store.ts';
import { makePort } from '../ports/make.ts';
import { serviceOwner } from '../ports/port.ts';
import { deletePortRows, routerPorts } from '../ports/store.ts';
import { subnetsOf } from '../subnets/store.ts';

export interface GatewayRequest {
  networkId: string;
  enableSnat?: boolean | undefined;
  fixedIps?: readonly FixedIpRequest[] | undefined;
}

/** How a router leads out is the cloud's to choose; where to is the project's. */
export function checkGatewayAllowed(actor: Actor, gateway: GatewayRequest | null): void {
  if (!gateway || isAdmin(actor)) return;
  const refuse = (attribute: string) => {
    const action = `vpc:routers:set:external_gateway_info:${attribute}`;
    throw requestErrors.policyRefused({ action });
  };
  if (gateway.enableSnat === false) refuse('enable_snat');
  if (gateway.fixedIps?.some((one) => one.address !== undefined)) refuse('external_fixed_ips');
}

/**
 * Gives the router its port on the external network, in place of an earlier one.
 * @throws NetworkNotFound, BadRequest for a network that leads nowhere.
 */
export async function setGateway(
  context: Pick<NetworkContext, 'ids' | 'clock'>,
  tx: Queries,
  changes: Changes,
  actor: Actor,
  routerId: string,
  gateway: GatewayRequest,
): Promise<void> {
  const { networkId } = gateway;
  const network = await findNetwork(tx, networkId);
  if (!network || !seesNetwork(actor, network)) {
    throw networkErrors.networkNotFound({ id: networkId });
  }
  if (!network.external) {
    const sentence = `Network ${networkId} is not an external network`;
    throw networkErrors.badRequest({ resource: 'router', sentence });
  }
  await checkNoOverlap(tx, routerId, networkId);
  await clearGateway(tx, changes, routerId, networkId);
  // Without a project, so that only administrators see it: it stands on the cloud's network.
  const port = await makePort(context, tx, changes, {
    networkId,
    projectId: '',
    deviceId: routerId,
    deviceOwner: serviceOwner.routerGateway,
    portSecurityEnabled: false,
    securityGroupIds: [],
    fixedIps: gateway.fixedIps && gateway.fixedIps.length > 0 ? gateway.fixedIps : undefined,
  });
  if (port.fixedIps.length === 0) {
    const sentence = `No subnet of network ${networkId} has an address for a gateway`;
    throw networkErrors.badRequest({ resource: 'router', sentence });
  }
  changes.routers.add(routerId);
}

/** @param nextNetworkId where the router is to lead next, so that floating IPs there may stay */
export async function clearGateway(
  tx: Queries,
  changes: Changes,
  routerId: string,
  nextNetworkId: string | null = null,
): Promise<void> {
  const ports = await routerPorts(tx, [routerId]);
  const gateways = ports.filter((port) => port.deviceOwner === serviceOwner.routerGateway);
  for (const port of gateways) {
    if (port.networkId !== nextNetworkId) await requireGatewayUnused(tx, routerId, port.networkId);
  }
  await deletePortRows(
    tx,
    gateways.map((port) => port.id),
  );
  changes.routers.add(routerId);
}

/** A router cannot tell its two sides apart when both have the same addresses. */
async function checkNoOverlap(tx: Queries, routerId: string, networkId: string): Promise<void> {
  const ports = await routerPorts(tx, [routerId]);
  const inside = ports.filter((port) => port.deviceOwner === serviceOwner.routerInterface);
  const outside = await subnetsOf(tx, [networkId]);
  const insideIds = new Set(inside.flatMap((port) => port.fixedIps.map((one) => one.subnetId)));
  const insideNetworks = [...new Set(inside.map((port) => port.networkId))];
  const own = (await subnetsOf(tx, insideNetworks)).filter((subnet) => insideIds.has(subnet.id));
  for (const a of own) {
    for (const b of outside) {
      const [blockA, blockB] = [parseBlock(a.cidr), parseBlock(b.cidr)];
      if (!blockA || !blockB || !blocksOverlap(blockA, blockB)) continue;
      const one = `Cidr ${b.cidr} of subnet ${b.id}`;
      const sentence = `${one} overlaps with cidr ${a.cidr} of subnet ${a.id}`;
      throw networkErrors.badRequest({ resource: 'router', sentence });
    }
  }
}
