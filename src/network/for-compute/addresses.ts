import type { Queries } from '#db/database.ts';
import { formatAddress, parseAddress } from '../addresses/address.ts';
import { allocateAddresses, type FixedIpRequest } from '../addresses/allocate.ts';
import { deleteAddressesOf } from '../addresses/store.ts';
import { attachmentErrors } from '../attachments/errors.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import { disassociatePorts } from '../floating-ips/disassociate.ts';
import { checkFixedIps } from '../ports/check.ts';
import type { Port } from '../ports/port.ts';
import { portsOfServers, updatePortRow } from '../ports/store.ts';
import { subnetsOf } from '../subnets/store.ts';
import type { Permit } from './permit.ts';

/** Addresses of a server's ports as old clients change them. */
export interface AddressDesk {
  /** One more on its first port on that network. @returns false when it has none there. */
  add(serverId: string, networkId: string, permit: Permit): Promise<boolean>;
  /** Takes an address away. @returns false when no port of the server has it. */
  remove(serverId: string, address: string, permit: Permit): Promise<boolean>;
}

export function addressDesk(context: NetworkContext): AddressDesk {
  return {
    add: (serverId, networkId, permit) =>
      context.transact(async (tx, changes) => {
        await permit(tx);
        const ports = await portsOfServers(tx, [serverId]);
        const port = ports.find((one) => one.networkId === networkId);
        const subnets = port ? await subnetsOf(tx, [networkId]) : [];
        const [subnet] = subnets.toSorted((a, b) => a.ipVersion - b.ipVersion);
        if (!port || !subnet) return false;
        await replace(context, tx, changes, port, [...heldBy(port), { subnetId: subnet.id }]);
        return true;
      }),
    remove: (serverId, address, permit) =>
      context.transact(async (tx, changes) => {
        await permit(tx);
        const parsed = parseAddress(address);
        const canonical = parsed && formatAddress(parsed);
        const ports = await portsOfServers(tx, [serverId]);
        const port = ports.find((one) => one.fixedIps.some((ip) => ip.address === canonical));
        if (!port) return false;
        const kept = heldBy(port).filter((one) => one.address !== canonical);
        await replace(context, tx, changes, port, kept);
        return true;
      }),
  };
}

function heldBy(port: Port): FixedIpRequest[] {
  return port.fixedIps.map(({ subnetId, address }) => ({ subnetId, address }));
}

async function replace(
  context: NetworkContext,
  tx: Queries,
  changes: Changes,
  port: Port,
  wanted: readonly FixedIpRequest[],
): Promise<void> {
  checkFixedIps(wanted);
  const { id: portId, networkId, macAddress } = port;
  await deleteAddressesOf(tx, portId);
  const subnets = await subnetsOf(tx, [networkId]);
  const target = { portId, networkId, macAddress, subnets, refuse: attachmentErrors };
  const now = await allocateAddresses(tx, target, wanted);
  const nowMs = context.clock.nowMs();
  await updatePortRow(tx, portId, {}, nowMs);
  const kept = now.map((one) => one.address);
  await disassociatePorts(tx, changes, [portId], nowMs, kept);
  changes.urgentPorts.add(portId);
  for (const groupId of port.securityGroupIds) changes.groups.add(groupId);
}
