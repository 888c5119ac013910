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
export async function reconcileRouters(tools: ReconcileTools, pending: Set<string>): Promise<void> {
  const { database, driver } = tools;
  await eachPending(pending, async (id) => {
    const spec = await routerSpec(database.queries, id);
    if (spec) await driver.ensureRouter(spec);
    else await driver.removeRouter(id);
    const status = spec ? 'ACTIVE' : 'DOWN';
    for (const port of await routerPorts(database.queries, [id])) {
      await setStatus(database.queries, port.id, status);
    }
    await setFloatingStatus(database.queries, id, status);
    return 'done';
  });
}
