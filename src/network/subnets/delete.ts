import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { deleteAddressesIn, holdersIn } from '../addresses/store.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { findNetwork } from '../networks/store.ts';
import { requireOwner } from '../ownership.ts';
import { syncDhcpPort } from '../ports/dhcp-port.ts';
import { findDhcpPort } from '../ports/store.ts';
import { deleteSubnetRow, findSubnet } from './store.ts';
import type { Subnet } from './subnet.ts';

/** @throws SubnetNotFound, SubnetInUse while ports other than DHCP's have addresses there. */
export function deleteSubnet(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Subnet>,
): Promise<void> {
  requireOwner(actor, target, 'vpc:subnets:delete');
  return context.transact(async (tx, changes) => {
    const { id } = target;
    const subnet = await findSubnet(tx, id);
    const network = subnet && (await findNetwork(tx, subnet.networkId));
    if (!subnet || !network) throw networkErrors.subnetNotFound({ id });
    const dhcpPort = await findDhcpPort(tx, network.id);
    const holders = await holdersIn(tx, id, dhcpPort?.id ?? '');
    if (holders.length > 0) throw networkErrors.subnetInUse({ id });
    if (dhcpPort) await deleteAddressesIn(tx, id, dhcpPort.id);
    await deleteSubnetRow(tx, id);
    await syncDhcpPort(context, tx, changes, network);
  });
}
