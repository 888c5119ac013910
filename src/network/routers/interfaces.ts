import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import { type Allowed, visibleToOwner } from '#policy/engine.ts';
import { blocksOverlap, parseBlock } from '../addresses/address.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { requireInterfaceUnused } from '../floating-ips/needs.ts';
import { makePort } from '../ports/make.ts';
import { type Port, serviceOwner } from '../ports/port.ts';
import {
  deletePortRows,
  findPort,
  routerPorts,
  setPortGroups,
  updatePortRow,
} from '../ports/store.ts';
import { findSubnet, subnetsOf } from '../subnets/store.ts';
import { type Subnet, seesSubnet } from '../subnets/subnet.ts';
import { routerErrors } from './errors.ts';
import type { Router } from './router.ts';
import { findRouter, updateRouterRow } from './store.ts';

/** Names the place of an interface: a subnet, or a port on it. */
export interface InterfaceRequest {
  subnetId?: string | undefined;
  portId?: string | undefined;
}

const badRequest = (sentence: string) => networkErrors.badRequest({ resource: 'router', sentence });

/**
 * Puts the router on a subnet: at its gateway address, or with a port made beforehand.
 * @throws SubnetNotFound, PortNotFound, PortInUse, IpAddressInUse, BadRequest.
 */
export function addRouterInterface(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Router>,
  request: InterfaceRequest,
): Promise<Port> {
  const { subnetId, portId } = request;
  return context.transact(async (tx, changes) => {
    const router = await findRouter(tx, target.id);
    if (!router) throw networkErrors.routerNotFound({ id: target.id });
    if (portId !== undefined && subnetId !== undefined) {
      throw badRequest('Cannot specify both subnet-id and port-id');
    }
    const add = { context, tx, changes, actor, router };
    let port: Port;
    if (portId !== undefined) port = await addByPort(add, portId);
    else if (subnetId !== undefined) port = await addBySubnet(add, subnetId);
    else throw badRequest('Either subnet_id or port_id must be specified');
    changes.routers.add(router.id);
    changes.networks.add(port.networkId);
    await updateRouterRow(tx, router.id, {}, context.clock.nowMs());
    return port;
  });
}

interface Addition {
  context: NetworkContext;
  tx: Queries;
  changes: Changes;
  actor: Actor;
  router: Router;
}

async function addBySubnet(add: Addition, subnetId: string): Promise<Port> {
  const { context, tx, changes, actor, router } = add;
  const subnet = await findSubnet(tx, subnetId);
  if (!subnet || !seesSubnet(actor, subnet)) throw networkErrors.subnetNotFound({ id: subnetId });
  if (subnet.gatewayIp === null) {
    throw badRequest('Subnet for router interface must have a gateway IP');
  }
  await checkSubnetFits(tx, router, subnet);
  return makePort(context, tx, changes, {
    networkId: subnet.networkId,
    projectId: router.projectId,
    deviceId: router.id,
    deviceOwner: serviceOwner.routerInterface,
    portSecurityEnabled: false,
    securityGroupIds: [],
    fixedIps: [{ subnetId, address: subnet.gatewayIp }],
  });
}

async function addByPort(add: Addition, portId: string): Promise<Port> {
  const { context, tx, changes, actor, router } = add;
  const port = await findPort(tx, portId);
  if (!port || !visibleToOwner(actor, port)) throw networkErrors.portNotFound({ id: portId });
  const { networkId, deviceId } = port;
  if (deviceId !== '' || port.serverId !== null) {
    throw networkErrors.portInUse({ portId, networkId, deviceId });
  }
  if (port.fixedIps.length === 0) {
    throw badRequest('Router port must have at least one fixed IP');
  }
  for (const { subnetId } of port.fixedIps) {
    const subnet = await findSubnet(tx, subnetId);
    if (subnet) await checkSubnetFits(tx, router, subnet);
  }
  await setPortGroups(tx, portId, []);
  for (const groupId of port.securityGroupIds) changes.groups.add(groupId);
  const columns = {
    device_id: router.id,
    device_owner: serviceOwner.routerInterface,
    port_security_enabled: 0,
    allowed_address_pairs: '[]',
  };
  await updatePortRow(tx, portId, columns, context.clock.nowMs());
  const updated = await findPort(tx, portId);
  if (!updated) throw networkErrors.portNotFound({ id: portId });
  return updated;
}

/** A router is on a subnet once, and on no two whose addresses overlap. */
async function checkSubnetFits(tx: Queries, router: Router, subnet: Subnet): Promise<void> {
  const ports = await routerPorts(tx, [router.id]);
  const held = new Set(ports.flatMap((port) => port.fixedIps.map((one) => one.subnetId)));
  if (held.has(subnet.id)) {
    throw badRequest(`Router already has a port on subnet ${subnet.id}`);
  }
  const networkIds = [...new Set(ports.map((port) => port.networkId))];
  const block = parseBlock(subnet.cidr);
  for (const other of await subnetsOf(tx, networkIds)) {
    const otherBlock = parseBlock(other.cidr);
    if (!held.has(other.id) || !block || !otherBlock) continue;
    if (blocksOverlap(block, otherBlock)) {
      const one = `Cidr ${subnet.cidr} of subnet ${subnet.id}`;
      throw badRequest(`${one} overlaps with cidr ${other.cidr} of subnet ${other.id}`);
    }
  }
}

/** @returns the port that was removed. @throws RouterInterfaceNotFound and its siblings. */
export function removeRouterInterface(
  context: NetworkContext,
  target: Allowed<Router>,
  request: InterfaceRequest,
): Promise<Port> {
  const { subnetId, portId } = request;
  const { id: routerId } = target;
  return context.transact(async (tx, changes) => {
    if (!(await findRouter(tx, routerId))) throw networkErrors.routerNotFound({ id: routerId });
    if (portId === undefined && subnetId === undefined) {
      throw badRequest('Either subnet_id or port_id must be specified');
    }
    const ports = (await routerPorts(tx, [routerId])).filter(
      (port) => port.deviceOwner === serviceOwner.routerInterface,
    );
    const port = ports.find((one) =>
      portId === undefined
        ? one.fixedIps.some((fixed) => fixed.subnetId === subnetId)
        : one.id === portId,
    );
    if (!port) {
      throw portId === undefined
        ? routerErrors.interfaceNotFoundForSubnet({ routerId, subnetId: subnetId ?? '' })
        : routerErrors.interfaceNotFound({ routerId, portId });
    }
    if (subnetId !== undefined && port.fixedIps[0]?.subnetId !== subnetId) {
      throw routerErrors.subnetMismatch({ portId: port.id, subnetId });
    }
    const subnetIds = port.fixedIps.map((one) => one.subnetId);
    await requireInterfaceUnused(tx, routerId, subnetIds);
    await deletePortRows(tx, [port.id]);
    await updateRouterRow(tx, routerId, {}, context.clock.nowMs());
    changes.routers.add(routerId);
    changes.networks.add(port.networkId);
    return port;
  });
}
