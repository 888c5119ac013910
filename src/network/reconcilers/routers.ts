import type { Changes } from '../changes.ts';
import { setFloatingStatus } from '../floating-ips/store.ts';
import { routerPorts, setStatus } from '../ports/store.ts';
import { allRouterIds } from '../routers/store.ts';
import { eachPending, type ReconcileTools } from './pending.ts';
import { routerSpec } from './specs.ts';

/** Every router that should or does exist on the host. */
export async function allRouters(tools: ReconcileTools): Promise<string[]> {
  const { routerIds } = await tools.driver.inventory();
  return [...routerIds, ...(await allRouterIds(tools.database.queries))];
}

/** Makes the host's routers equal to the database's. Their networks have been ensured before. */
export async function reconcileRouters(
  tools: ReconcileTools,
  pending: Set<string>,
  between?: () => Promise<void>,
): Promise<void> {
  await eachPending(pending, (id) => reconcileRouter(tools, id), between);
}

async function reconcileRouter({ database, driver }: ReconcileTools, id: string): Promise<'done'> {
  const spec = await routerSpec(database.queries, id);
  if (spec) await driver.ensureRouter(spec);
  else await driver.removeRouter(id);
  const status = spec ? 'ACTIVE' : 'DOWN';
  for (const port of await routerPorts(database.queries, [id])) {
    await setStatus(database.queries, port.id, status);
  }
  await setFloatingStatus(database.queries, id, status);
  return 'done';
}

/**
 * The same for routers that somebody waits for. One whose networks are not there yet has its turn
 * behind them, with all others.
 */
export async function reconcileUrgentRouters(
  tools: ReconcileTools,
  pending: Pick<Changes, 'routers' | 'urgentRouters'>,
): Promise<void> {
  const urgent = [...pending.urgentRouters];
  pending.urgentRouters.clear();
  for (const id of urgent) {
    await reconcileRouter(tools, id).catch(() => void pending.routers.add(id));
  }
}
