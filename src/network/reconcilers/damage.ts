import { setImmediate as othersHadTheirTurn } from 'node:timers/promises';
import type { NetworkInventory, WantedWires } from '#drivers/network/network.ts';
import type { Changes } from '../changes.ts';
import { allNetworkIds } from '../networks/store.ts';
import { allRouterIds } from '../routers/store.ts';
import type { ReconcileTools } from './pending.ts';
import { allServerPorts, pluggedSpecs } from './port-filters.ts';
import { networkSpec, routerSpec } from './specs.ts';

type Pending = Pick<Changes, 'networks' | 'routers' | 'ports'>;

/**
 * What of the wires is not as it was made, though nobody asked for a change: looked at twice, as
 * what is being changed meanwhile differs for a moment.
 * @param pending what is to be made anyway
 */
export async function findDamage(
  tools: ReconcileTools,
  pending: Pending,
): Promise<NetworkInventory> {
  const everything = {
    networkIds: await allNetworkIds(tools.database.queries),
    routerIds: await allRouterIds(tools.database.queries),
    portIds: await allServerPorts(tools),
  };
  return differingOf(tools, pending, await differingOf(tools, pending, everything));
}

async function differingOf(
  tools: ReconcileTools,
  pending: Pending,
  asked: NetworkInventory,
): Promise<NetworkInventory> {
  const wanted = await wantedWires(tools, asked);
  const isAsked = wanted.networks.length + wanted.routers.length + wanted.ports.length > 0;
  const found = isAsked ? await tools.driver.differing?.(wanted) : undefined;
  return {
    networkIds: (found?.networkIds ?? []).filter((id) => !pending.networks.has(id)),
    routerIds: (found?.routerIds ?? []).filter((id) => !pending.routers.has(id)),
    portIds: (found?.portIds ?? []).filter((id) => !pending.ports.has(id)),
  };
}

async function wantedWires(tools: ReconcileTools, asked: NetworkInventory): Promise<WantedWires> {
  const db = tools.database.queries;
  const networks = await eachOf(asked.networkIds, (id) => networkSpec(db, id));
  const routers = await eachOf(asked.routerIds, (id) => routerSpec(db, id));
  return { networks, routers, ports: await pluggedSpecs(tools, asked.portIds) };
}

/** One after another, and in between everybody else. */
async function eachOf<T>(
  ids: readonly string[],
  read: (id: string) => Promise<T | undefined>,
): Promise<T[]> {
  const all: T[] = [];
  for (const id of ids) {
    const one = await read(id);
    if (one) all.push(one);
    await othersHadTheirTurn();
  }
  return all;
}
