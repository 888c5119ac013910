import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { allocateAddresses } from '../addresses/allocate.ts';
import { deleteAddressesOf } from '../addresses/store.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { disassociatePorts } from '../floating-ips/disassociate.ts';
import { requireOwner } from '../ownership.ts';
import { subnetsOf } from '../subnets/store.ts';
import {
  checkDnsName,
  checkFixedIps,
  checkGroups,
  checkMac,
  checkPairs,
  checkWishesAllowed,
  type PortWishes,
} from './check.ts';
import { isRouterPort, isServicePort, type Port } from './port.ts';
import { findPort, isMacTaken, setPortGroups, updatePortRow } from './store.ts';

/** @throws PortNotFound, PortInUse, PortBound, MacAddressInUse and what creation refuses. */
export function updatePort(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Port>,
  wishes: PortWishes,
): Promise<Port> {
  // The owner of a network sees its ports, but only a port's own project changes it.
  requireOwner(actor, target, 'vpc:ports:update');
  if (wishes.fixedIps) checkFixedIps(wishes.fixedIps);
  return context.transact(async (tx, changes) => {
    const { id } = target;
    const port = await findPort(tx, id);
    if (!port) throw networkErrors.portNotFound({ id });
    const ownsNetwork = port.networkProjectId === actor.projectId;
    checkWishesAllowed(actor, ownsNetwork, onlyNew(port, wishes));
    checkDevice(port, wishes);
    await changeProtection(tx, changes, actor, port, wishes);
    const columns = { ...plainColumns(wishes), ...(await macColumns(tx, port, wishes)) };
    await updatePortRow(tx, id, columns, context.clock.nowMs());
    const updated = await findPort(tx, id);
    if (!updated) throw networkErrors.portNotFound({ id });
    if (wishes.fixedIps) {
      await replaceAddresses(tx, changes, updated, wishes.fixedIps);
      const kept = (await findPort(tx, id))?.fixedIps.map((one) => one.address);
      await disassociatePorts(tx, changes, [id], context.clock.nowMs(), kept);
    }
    changes.urgentPorts.add(id);
    if (isServicePort(port)) changes.networks.add(port.networkId);
    if (isRouterPort(port)) changes.routers.add(port.deviceId);
    return (await findPort(tx, id)) ?? updated;
  });
}

/** Clients send back what they read; only what differs needs a right. */
function onlyNew(port: Port, wishes: PortWishes): PortWishes {
  const held = new Set(port.fixedIps.map((one) => one.address));
  const isSameMac = wishes.macAddress?.toLowerCase() === port.macAddress;
  const isSameSecurity = wishes.portSecurityEnabled === port.portSecurityEnabled;
  return {
    ...wishes,
    macAddress: isSameMac ? undefined : wishes.macAddress,
    portSecurityEnabled: isSameSecurity ? undefined : wishes.portSecurityEnabled,
    deviceOwner: wishes.deviceOwner === port.deviceOwner ? undefined : wishes.deviceOwner,
    fixedIps: wishes.fixedIps?.filter((one) => !one.address || !held.has(one.address)),
  };
}

/** A port that a server or router has is let go by those, not by renaming its device. */
function checkDevice(port: Port, wishes: PortWishes): void {
  const isHeld = port.serverId !== null || isServicePort(port);
  const changesDevice =
    (wishes.deviceId !== undefined && wishes.deviceId !== port.deviceId) ||
    (wishes.deviceOwner !== undefined && wishes.deviceOwner !== port.deviceOwner);
  if (isHeld && changesDevice) {
    const { id: portId, networkId, deviceId } = port;
    throw networkErrors.portInUse({ portId, networkId, deviceId });
  }
}

async function changeProtection(
  tx: Queries,
  changes: Changes,
  actor: Actor,
  port: Port,
  wishes: PortWishes,
): Promise<void> {
  const isEnabled = wishes.portSecurityEnabled ?? port.portSecurityEnabled;
  const groups = wishes.securityGroupIds;
  const pairs = wishes.allowedAddressPairs ?? port.allowedAddressPairs;
  if (!isEnabled && (groups ?? port.securityGroupIds).length > 0) {
    throw groups ? networkErrors.groupsNeedPortSecurity() : networkErrors.portNeedsNoGroups();
  }
  if (!isEnabled && pairs.length > 0) throw networkErrors.pairsNeedPortSecurity();
  for (const groupId of port.securityGroupIds) changes.groups.add(groupId);
  if (!groups) return;
  const checked = await checkGroups(tx, actor, groups);
  await setPortGroups(tx, port.id, checked);
  for (const groupId of checked) changes.groups.add(groupId);
}

function plainColumns(wishes: PortWishes) {
  const flag = (value: boolean | undefined) => (value === undefined ? undefined : value ? 1 : 0);
  const { allowedAddressPairs: pairs, bindingProfile: profile, dnsName } = wishes;
  return {
    name: wishes.name,
    description: wishes.description,
    admin_state_up: flag(wishes.adminStateUp),
    device_id: wishes.deviceId,
    device_owner: wishes.deviceOwner,
    host_id: wishes.hostId,
    vnic_type: wishes.vnicType,
    port_security_enabled: flag(wishes.portSecurityEnabled),
    allowed_address_pairs: pairs && JSON.stringify(checkPairs(pairs)),
    binding_profile: profile && JSON.stringify(profile),
    dns_name: dnsName === undefined ? undefined : checkDnsName(dnsName),
  };
}

async function macColumns(tx: Queries, port: Port, wishes: PortWishes) {
  if (wishes.macAddress === undefined) return {};
  const mac = checkMac(wishes.macAddress);
  if (mac === port.macAddress) return {};
  // The guest's card has the old one; a running server's port keeps it.
  if (port.serverId !== null) throw networkErrors.portBound({ portId: port.id });
  const { networkId } = port;
  if (await isMacTaken(tx, networkId, mac, port.id)) {
    throw networkErrors.macInUse({ networkId, mac });
  }
  return { mac_address: mac };
}

async function replaceAddresses(
  tx: Queries,
  changes: Changes,
  port: Port,
  wanted: NonNullable<PortWishes['fixedIps']>,
): Promise<void> {
  await deleteAddressesOf(tx, port.id);
  const { id: portId, networkId, macAddress, fixedIps: previous } = port;
  const subnets = await subnetsOf(tx, [networkId]);
  await allocateAddresses(tx, { portId, networkId, macAddress, subnets, previous }, wanted);
  for (const groupId of port.securityGroupIds) changes.groups.add(groupId);
}
