import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { requireOwner } from '../ownership.ts';
import { deletePortRows, findDhcpPort, hasForeignPorts } from '../ports/store.ts';
import { deleteSubnetRow } from '../subnets/store.ts';
import type { Network } from './network.ts';
import { deleteNetworkRow, findNetwork } from './store.ts';

/** Its subnets and its DHCP port go with it. @throws NetworkInUse, NetworkNotFound. */
export function deleteNetwork(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Network>,
): Promise<void> {
  requireOwner(actor, target, 'vpc:networks:delete');
  return context.transact(async (tx, changes) => {
    const { id } = target;
    const network = await findNetwork(tx, id);
    if (!network) throw networkErrors.networkNotFound({ id });
    if (await hasForeignPorts(tx, id)) throw networkErrors.networkInUse({ id });
    const dhcpPort = await findDhcpPort(tx, id);
    if (dhcpPort) await deletePortRows(tx, [dhcpPort.id]);
    for (const subnetId of network.subnetIds) await deleteSubnetRow(tx, subnetId);
    await deleteNetworkRow(tx, id);
    changes.networks.add(id);
  });
}
