import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { blockOf } from '../addresses/allocate.ts';
import { holderOf } from '../addresses/store.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { findNetwork } from '../networks/store.ts';
import { requireOwner } from '../ownership.ts';
import { syncDhcpPort } from '../ports/dhcp-port.ts';
import { isRouterPort } from '../ports/port.ts';
import { findPort } from '../ports/store.ts';
import { routersOn } from '../routers/store.ts';
import { checkDhcp, checkGateway, checkHostRoutes, checkNameservers } from './check.ts';
import type { NewSubnet } from './create.ts';
import { checkPools } from './pools.ts';
import { findSubnet, updateSubnetRow } from './store.ts';
import type { Subnet } from './subnet.ts';

export type SubnetChange = Pick<
  NewSubnet,
  | 'name'
  | 'description'
  | 'gatewayIp'
  | 'enableDhcp'
  | 'allocationPools'
  | 'dnsNameservers'
  | 'hostRoutes'
>;

/** @throws SubnetNotFound, GatewayIpInUse, InvalidInput and the refusals of pools. */
export function updateSubnet(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Subnet>,
  change: SubnetChange,
): Promise<Subnet> {
  requireOwner(actor, target, 'vpc:subnets:update');
  return context.transact(async (tx, changes) => {
    const { id } = target;
    const subnet = await findSubnet(tx, id);
    const network = subnet && (await findNetwork(tx, subnet.networkId));
    if (!subnet || !network) throw networkErrors.subnetNotFound({ id });
    const columns = columnsOf(subnet, change);
    if (columns.gateway_ip !== subnet.gatewayIp) await checkGatewayFree(tx, subnet);
    await updateSubnetRow(tx, id, columns, context.clock.nowMs());
    await syncDhcpPort(context, tx, changes, network);
    for (const routerId of await routersOn(tx, network.id)) changes.routers.add(routerId);
    const updated = await findSubnet(tx, id);
    if (!updated) throw networkErrors.subnetNotFound({ id });
    return updated;
  });
}

function columnsOf(subnet: Subnet, change: SubnetChange) {
  const block = blockOf(subnet);
  const enableDhcp = change.enableDhcp ?? subnet.enableDhcp;
  if (enableDhcp) checkDhcp(block);
  const asked = change.gatewayIp;
  const gatewayIp = asked === undefined ? subnet.gatewayIp : asked && checkGateway(block, asked);
  const pools = checkPools(block, change.allocationPools ?? subnet.allocationPools, gatewayIp);
  const nameservers = checkNameservers(change.dnsNameservers ?? subnet.dnsNameservers);
  const routes = checkHostRoutes(change.hostRoutes ?? subnet.hostRoutes, subnet.ipVersion);
  return {
    name: change.name,
    description: change.description,
    gateway_ip: gatewayIp,
    enable_dhcp: enableDhcp ? 1 : 0,
    allocation_pools: JSON.stringify(pools),
    dns_nameservers: JSON.stringify(nameservers),
    host_routes: JSON.stringify(routes),
  };
}

/** While a router answers for the gateway address, it stays the gateway. */
async function checkGatewayFree(tx: Queries, subnet: Subnet): Promise<void> {
  if (subnet.gatewayIp === null) return;
  const holder = await holderOf(tx, subnet.networkId, subnet.gatewayIp);
  const port = holder && (await findPort(tx, holder.portId));
  if (port && isRouterPort(port)) {
    throw networkErrors.gatewayInUse({ address: subnet.gatewayIp, portId: port.id });
  }
}
