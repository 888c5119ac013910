import type { Remain } from '#drivers/network/network.ts';
import { allNetworkIds } from '../networks/store.ts';
import { serverPortIds } from '../ports/store.ts';
import { allRouterIds } from '../routers/store.ts';
import type { ReconcileTools } from './pending.ts';
import { removeStrayPorts } from './port-filters.ts';

/** What this machine has of networks and routers, and the database does not know. */
export interface ForeignNetworks {
  networkIds: string[];
  routerIds: string[];
  /** What no id leads to. */
  remains: Remain[];
}

/** The machine is asked first: what is being made meanwhile is then in the database. */
export async function findForeign({
  driver,
  database: { queries },
}: ReconcileTools): Promise<ForeignNetworks> {
  const { networkIds, routerIds } = await driver.inventory();
  const portIds = await serverPortIds(queries);
  const networkIdsKnown = await allNetworkIds(queries);
  const remains = (await driver.remains?.({ networkIds: networkIdsKnown, portIds })) ?? [];
  const networks = new Set(networkIdsKnown);
  const routers = new Set(await allRouterIds(queries));
  return {
    networkIds: networkIds.filter((id) => !networks.has(id)),
    routerIds: routerIds.filter((id) => !routers.has(id)),
    remains,
  };
}

export async function removeForeign(tools: ReconcileTools, found: ForeignNetworks): Promise<void> {
  for (const id of found.routerIds) await tools.driver.removeRouter(id);
  if (found.networkIds.length > 0) await removeStrayPorts(tools);
  for (const id of found.networkIds) await tools.driver.removeNetwork(id);
  for (const remain of found.remains) await remain.remove();
}
