import { requestErrors } from '#base/errors.ts';
import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { mayAttach, type Network, ownsNetwork, seesNetwork } from '../networks/network.ts';
import { findNetwork } from '../networks/store.ts';
import { projectFor } from '../ownership.ts';
import { checkQuota } from '../quotas/store.ts';
import { ensureDefaultGroupIn } from '../security-groups/make.ts';
import {
  checkDnsName,
  checkFixedIps,
  checkGroups,
  checkMac,
  checkPairs,
  checkWishesAllowed,
  type PortWishes,
} from './check.ts';
import { makePort } from './make.ts';
import type { Port } from './port.ts';

export interface PortRequest extends PortWishes {
  networkId: string;
  projectId?: string | undefined;
}

/**
 * @throws NetworkNotFound, SecurityGroupNotFound, MacAddressInUse, IpAddressInUse,
 *   IpAddressGenerationFailure, OverQuota, PolicyNotAuthorized for what only owners may choose.
 */
export function createPort(
  context: NetworkContext,
  actor: Actor,
  wanted: PortRequest,
): Promise<Port> {
  const projectId = projectFor(actor, wanted.projectId, 'vpc:ports:create');
  const macAddress = wanted.macAddress === undefined ? undefined : checkMac(wanted.macAddress);
  const allowedAddressPairs = checkPairs(wanted.allowedAddressPairs ?? []);
  const dnsName = checkDnsName(wanted.dnsName ?? '');
  checkFixedIps(wanted.fixedIps ?? []);
  return context.transact(async (tx, changes) => {
    const network = await requireAttachable(tx, actor, wanted.networkId);
    checkWishesAllowed(actor, ownsNetwork(actor, network), wanted);
    await checkQuota(tx, 'port', projectId);
    const portSecurityEnabled = wanted.portSecurityEnabled ?? network.portSecurityEnabled;
    if (!portSecurityEnabled && allowedAddressPairs.length > 0) {
      throw networkErrors.pairsNeedPortSecurity();
    }
    return makePort(context, tx, changes, {
      networkId: network.id,
      projectId,
      name: wanted.name ?? '',
      description: wanted.description ?? '',
      adminStateUp: wanted.adminStateUp ?? true,
      macAddress,
      deviceId: wanted.deviceId ?? '',
      deviceOwner: wanted.deviceOwner ?? '',
      hostId: wanted.hostId ?? '',
      vnicType: wanted.vnicType ?? 'normal',
      bindingProfile: wanted.bindingProfile ?? {},
      portSecurityEnabled,
      allowedAddressPairs,
      dnsName,
      securityGroupIds: await groupsFor(context, tx, actor, wanted, projectId, portSecurityEnabled),
      fixedIps: wanted.fixedIps,
    });
  });
}

async function requireAttachable(tx: Queries, actor: Actor, id: string): Promise<Network> {
  const network = await findNetwork(tx, id);
  if (!network || !seesNetwork(actor, network)) throw networkErrors.networkNotFound({ id });
  // An external network is seen by all, but what is put on it stands before every firewall.
  if (!mayAttach(actor, network)) throw requestErrors.policyRefused({ action: 'vpc:ports:create' });
  return network;
}

/** The groups asked for, or the project's default group where ports are protected at all. */
async function groupsFor(
  context: NetworkContext,
  tx: Queries,
  actor: Actor,
  wanted: PortRequest,
  projectId: string,
  portSecurityEnabled: boolean,
): Promise<string[]> {
  const asked = wanted.securityGroupIds;
  if (asked && asked.length > 0 && !portSecurityEnabled) {
    throw networkErrors.groupsNeedPortSecurity();
  }
  if (asked) return checkGroups(tx, actor, asked);
  if (!portSecurityEnabled || wanted.deviceOwner?.startsWith('network:')) return [];
  return [await ensureDefaultGroupIn(context, tx, projectId)];
}
