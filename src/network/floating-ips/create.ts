import { requestErrors } from '#base/errors.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { seesNetwork } from '../networks/network.ts';
import { findNetwork } from '../networks/store.ts';
import { projectFor } from '../ownership.ts';
import { makePort } from '../ports/make.ts';
import { serviceOwner } from '../ports/port.ts';
import { checkQuota } from '../quotas/store.ts';
import { newStandardRow } from '../standard.ts';
import { type AssociationRequest, associationColumns } from './associate.ts';
import { floatingErrors } from './errors.ts';
import type { FloatingIp } from './floating-ip.ts';
import { findFloatingIp, insertFloatingIp } from './store.ts';

export interface NewFloatingIp {
  networkId: string;
  projectId?: string | undefined;
  description?: string | undefined;
  /** Only administrators choose it. */
  address?: string | undefined;
  subnetId?: string | undefined;
  association?: AssociationRequest | undefined;
}

/**
 * Takes an address of an external network for a project.
 * @throws NetworkNotFound, BadRequest, OverQuota, IpAddressInUse, IpAddressGenerationFailure and
 *   what `associationColumns` refuses.
 */
export function createFloatingIp(
  context: NetworkContext,
  actor: Actor,
  wanted: NewFloatingIp,
  refuse: Pick<typeof networkErrors, 'overQuota' | 'addressesExhausted'> = networkErrors,
): Promise<FloatingIp> {
  const projectId = projectFor(actor, wanted.projectId, 'vpc:floatingIps:create');
  if (wanted.address !== undefined && !isAdmin(actor)) {
    throw requestErrors.policyRefused({ action: 'vpc:floatingIps:set:floating_ip_address' });
  }
  const { networkId, association } = wanted;
  return context.transact(async (tx, changes) => {
    const network = await findNetwork(tx, networkId);
    if (!network || !seesNetwork(actor, network)) {
      throw networkErrors.networkNotFound({ id: networkId });
    }
    if (!network.external) throw floatingErrors.networkNotExternal({ id: networkId });
    await checkQuota(tx, 'floatingip', projectId, refuse);
    const id = context.ids.uuid();
    const isAsked = wanted.address !== undefined || wanted.subnetId !== undefined;
    // Without a project, so that only administrators see it: it stands on the cloud's network.
    const port = await makePort(context, tx, changes, {
      networkId,
      projectId: '',
      deviceId: id,
      deviceOwner: serviceOwner.floatingIp,
      status: 'N/A',
      portSecurityEnabled: false,
      securityGroupIds: [],
      fixedIps: isAsked ? [{ address: wanted.address, subnetId: wanted.subnetId }] : undefined,
      refuse,
    });
    const own = port.fixedIps.find(({ address }) => !address.includes(':'));
    if (!own) throw refuse.addressesExhausted({ networkId });
    const lent = { id, projectId, networkId };
    const columns = association && (await associationColumns(tx, actor, lent, association));
    await insertFloatingIp(tx, {
      ...newStandardRow(id, projectId, wanted.description ?? '', context.clock.nowMs()),
      network_id: networkId,
      address: own.address,
      status: 'DOWN',
      ...(columns ?? { fixed_port_id: null, fixed_address: null, router_id: null }),
    });
    if (columns) changes.urgentRouters.add(columns.router_id);
    const made = await findFloatingIp(tx, id);
    if (!made) throw new Error(`floating IP ${id} vanished while it was made`);
    return made;
  });
}
