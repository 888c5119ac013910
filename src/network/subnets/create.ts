import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import { type Block, formatBlock } from '../addresses/address.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import type { Network } from '../networks/network.ts';
import { seesNetwork } from '../networks/network.ts';
import { findNetwork } from '../networks/store.ts';
import { projectFor, requireOwner } from '../ownership.ts';
import { syncDhcpPort } from '../ports/dhcp-port.ts';
import { checkQuota } from '../quotas/store.ts';
import { newStandardRow } from '../standard.ts';
import {
  checkCidr,
  checkDhcp,
  checkGateway,
  checkHostRoutes,
  checkIpv6Modes,
  checkNameservers,
  checkOverlap,
} from './check.ts';
import { checkPools, defaultPools, firstUsable } from './pools.ts';
import { findSubnet, insertSubnet, subnetsOf } from './store.ts';
import type { HostRoute, Pool, Subnet } from './subnet.ts';

export interface NewSubnet {
  networkId: string;
  ipVersion: 4 | 6;
  cidr: string;
  name?: string | undefined;
  description?: string | undefined;
  projectId?: string | undefined;
  /** Undefined: the first address of the block; null: none. */
  gatewayIp?: string | null | undefined;
  enableDhcp?: boolean | undefined;
  allocationPools?: readonly Pool[] | undefined;
  dnsNameservers?: readonly string[] | undefined;
  hostRoutes?: readonly HostRoute[] | undefined;
  ipv6RaMode?: string | undefined;
  ipv6AddressMode?: string | undefined;
}

/** @throws NetworkNotFound, InvalidInput, HTTPBadRequest, OverQuota and the refusals of pools. */
export function createSubnet(
  context: NetworkContext,
  actor: Actor,
  wanted: NewSubnet,
): Promise<Subnet> {
  const checked = check(wanted);
  return context.transact(async (tx, changes) => {
    const network = await requireOwnNetwork(tx, actor, wanted.networkId);
    const projectId = projectFor(
      actor,
      wanted.projectId ?? network.projectId,
      'vpc:subnets:create',
    );
    await checkQuota(tx, 'subnet', projectId);
    checkOverlap(network.id, checked.block, await subnetsOf(tx, [network.id]));
    const id = context.ids.uuid();
    await insertSubnet(tx, {
      ...newStandardRow(id, projectId, wanted.description ?? '', context.clock.nowMs()),
      ...checked.columns,
      network_id: network.id,
    });
    await syncDhcpPort(context, tx, changes, network);
    const made = await findSubnet(tx, id);
    if (!made) throw new Error(`subnet ${id} vanished while it was made`);
    return made;
  });
}

async function requireOwnNetwork(tx: Queries, actor: Actor, id: string): Promise<Network> {
  const network = await findNetwork(tx, id);
  if (!network || !seesNetwork(actor, network)) throw networkErrors.networkNotFound({ id });
  requireOwner(actor, network, 'vpc:subnets:create');
  return network;
}

/** Everything that can be judged without the database. */
function check(wanted: NewSubnet) {
  const { ipVersion } = wanted;
  const block = checkCidr(wanted.cidr, ipVersion);
  const enableDhcp = wanted.enableDhcp ?? true;
  if (enableDhcp) checkDhcp(block);
  checkIpv6Modes(block, wanted.ipv6RaMode, wanted.ipv6AddressMode, enableDhcp);
  const gatewayIp = gatewayOf(block, wanted.gatewayIp);
  const pools = wanted.allocationPools
    ? checkPools(block, wanted.allocationPools, gatewayIp)
    : defaultPools(block, gatewayIp);
  const columns = {
    name: wanted.name ?? '',
    ip_version: ipVersion,
    cidr: formatBlock(block),
    gateway_ip: gatewayIp,
    enable_dhcp: enableDhcp ? 1 : 0,
    allocation_pools: JSON.stringify(pools),
    dns_nameservers: JSON.stringify(checkNameservers(wanted.dnsNameservers ?? [])),
    host_routes: JSON.stringify(checkHostRoutes(wanted.hostRoutes ?? [], ipVersion)),
    ipv6_ra_mode: wanted.ipv6RaMode ?? null,
    ipv6_address_mode: wanted.ipv6AddressMode ?? null,
  };
  return { block, columns };
}

function gatewayOf(block: Block, asked: string | null | undefined): string | null {
  if (asked === null) return null;
  return asked === undefined ? firstUsable(block) : checkGateway(block, asked);
}
