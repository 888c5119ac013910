import type { Actor } from '#policy/actor.ts';
import { requireActions } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { projectFor } from '../ownership.ts';
import { checkQuota } from '../quotas/store.ts';
import { newStandardRow } from '../standard.ts';
import { defaultMtu, type Network } from './network.ts';
import { findNetwork, insertNetwork } from './store.ts';

export interface NewNetwork {
  name?: string | undefined;
  description?: string | undefined;
  projectId?: string | undefined;
  adminStateUp?: boolean | undefined;
  shared?: boolean | undefined;
  external?: boolean | undefined;
  mtu?: number | undefined;
  portSecurityEnabled?: boolean | undefined;
}

/** @throws PolicyNotAuthorized for what only administrators may ask, OverQuota. */
export function createNetwork(
  context: NetworkContext,
  actor: Actor,
  wanted: NewNetwork,
): Promise<Network> {
  if (wanted.shared) requireActions(actor, ['vpc:networks:share']);
  if (wanted.external) requireActions(actor, ['vpc:networks:setExternal']);
  const projectId = projectFor(actor, wanted.projectId, 'vpc:networks:create');
  return context.transact(async (tx, changes) => {
    await checkQuota(tx, 'network', projectId);
    const id = context.ids.uuid();
    await insertNetwork(tx, {
      ...newStandardRow(id, projectId, wanted.description ?? '', context.clock.nowMs()),
      name: wanted.name ?? '',
      admin_state_up: (wanted.adminStateUp ?? true) ? 1 : 0,
      shared: wanted.shared ? 1 : 0,
      external: wanted.external ? 1 : 0,
      mtu: wanted.mtu ?? defaultMtu,
      port_security_enabled: (wanted.portSecurityEnabled ?? true) ? 1 : 0,
      status: 'ACTIVE',
    });
    changes.networks.add(id);
    const made = await findNetwork(tx, id);
    if (!made) throw new Error(`network ${id} vanished while it was made`);
    return made;
  });
}
