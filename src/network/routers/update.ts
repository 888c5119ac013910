import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import type { NewRouter } from './create.ts';
import { checkGatewayAllowed, clearGateway, setGateway } from './gateway.ts';
import type { Router } from './router.ts';
import { findRouter, updateRouterRow } from './store.ts';

/** `externalGateway: null` takes the way out away; undefined leaves it. */
export type RouterChange = Omit<NewRouter, 'projectId'>;

/** @throws RouterNotFound, NetworkNotFound, BadRequest for a gateway that is none. */
export function updateRouter(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Router>,
  change: RouterChange,
): Promise<Router> {
  checkGatewayAllowed(actor, change.externalGateway ?? null);
  return context.transact(async (tx, changes) => {
    const { id } = target;
    const router = await findRouter(tx, id);
    if (!router) throw networkErrors.routerNotFound({ id });
    const gatewayColumns = await changeGateway(context, tx, changes, actor, router, change);
    const columns = {
      name: change.name,
      description: change.description,
      admin_state_up: change.adminStateUp === undefined ? undefined : change.adminStateUp ? 1 : 0,
      ...gatewayColumns,
    };
    await updateRouterRow(tx, id, columns, context.clock.nowMs());
    changes.routers.add(id);
    const updated = await findRouter(tx, id);
    if (!updated) throw networkErrors.routerNotFound({ id });
    return updated;
  });
}

async function changeGateway(
  context: NetworkContext,
  tx: Queries,
  changes: Changes,
  actor: Actor,
  router: Router,
  change: RouterChange,
) {
  const gateway = change.externalGateway;
  if (gateway === undefined) return {};
  if (gateway === null) {
    await clearGateway(tx, changes, router.id);
    return { external_network_id: null, enable_snat: 1 };
  }
  const isSameNetwork = router.externalGateway?.networkId === gateway.networkId;
  const keepsPort = isSameNetwork && (gateway.fixedIps ?? []).length === 0;
  if (!keepsPort) await setGateway(context, tx, changes, actor, router.id, gateway);
  const enableSnat =
    gateway.enableSnat ?? (isSameNetwork ? router.externalGateway?.enableSnat : true);
  return { external_network_id: gateway.networkId, enable_snat: enableSnat === false ? 0 : 1 };
}
