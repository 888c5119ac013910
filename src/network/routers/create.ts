import type { Actor } from '#policy/actor.ts';
import type { NetworkContext } from '../context.ts';
import { projectFor } from '../ownership.ts';
import { checkQuota } from '../quotas/store.ts';
import { newStandardRow } from '../standard.ts';
import { checkGatewayAllowed, type GatewayRequest, setGateway } from './gateway.ts';
import type { Router } from './router.ts';
import { findRouter, insertRouter } from './store.ts';

export interface NewRouter {
  name?: string | undefined;
  description?: string | undefined;
  projectId?: string | undefined;
  adminStateUp?: boolean | undefined;
  externalGateway?: GatewayRequest | null | undefined;
}

/** @throws OverQuota, NetworkNotFound, BadRequest for a gateway that is none. */
export function createRouter(
  context: NetworkContext,
  actor: Actor,
  wanted: NewRouter,
): Promise<Router> {
  const projectId = projectFor(actor, wanted.projectId, 'vpc:routers:create');
  const gateway = wanted.externalGateway ?? null;
  checkGatewayAllowed(actor, gateway);
  return context.transact(async (tx, changes) => {
    await checkQuota(tx, 'router', projectId);
    const id = context.ids.uuid();
    if (gateway) await setGateway(context, tx, changes, actor, id, gateway);
    await insertRouter(tx, {
      ...newStandardRow(id, projectId, wanted.description ?? '', context.clock.nowMs()),
      name: wanted.name ?? '',
      admin_state_up: (wanted.adminStateUp ?? true) ? 1 : 0,
      status: 'ACTIVE',
      external_network_id: gateway?.networkId ?? null,
      enable_snat: (gateway?.enableSnat ?? true) ? 1 : 0,
    });
    changes.routers.add(id);
    const made = await findRouter(tx, id);
    if (!made) throw new Error(`router ${id} vanished while it was made`);
    return made;
  });
}
