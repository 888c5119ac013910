import type { Queries } from '#db/database.ts';
import { allocateAddresses } from '../addresses/allocate.ts';
import { deleteAddressesOf } from '../addresses/store.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import type { Network } from '../networks/network.ts';
import { subnetsOf } from '../subnets/store.ts';
import { makePort } from './make.ts';
import { serviceOwner } from './port.ts';
import { deletePortRows, dhcpDeviceId, findDhcpPort } from './store.ts';

/**
 * Makes the network's DHCP port hold exactly one address in each subnet that wants DHCP. Called
 * in every transaction that adds, changes or removes a subnet.
 */
export async function syncDhcpPort(
  context: Pick<NetworkContext, 'ids' | 'clock'>,
  tx: Queries,
  changes: Changes,
  network: Pick<Network, 'id' | 'projectId'>,
): Promise<void> {
  changes.networks.add(network.id);
  const subnets = await subnetsOf(tx, [network.id]);
  const served = subnets.filter((subnet) => subnet.enableDhcp);
  const port = await findDhcpPort(tx, network.id);
  if (served.length === 0) {
    if (port) await deletePortRows(tx, [port.id]);
    return;
  }
  const requests = served.map((subnet) => ({ subnetId: subnet.id }));
  if (!port) {
    await makePort(context, tx, changes, {
      networkId: network.id,
      projectId: network.projectId,
      deviceId: dhcpDeviceId(network.id),
      deviceOwner: serviceOwner.dhcp,
      portSecurityEnabled: false,
      securityGroupIds: [],
      fixedIps: requests,
    });
    return;
  }
  const held = new Set(port.fixedIps.map((one) => one.subnetId));
  const isSame = held.size === served.length && served.every((subnet) => held.has(subnet.id));
  if (isSame) return;
  await deleteAddressesOf(tx, port.id);
  const { id: portId, macAddress, fixedIps: previous } = port;
  const target = { portId, networkId: network.id, macAddress, subnets, previous };
  await allocateAddresses(tx, target, requests);
}
