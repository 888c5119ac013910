import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import { keepDoing } from '#base/rounds.ts';
import type { NetworkInventory } from '#drivers/network/network.ts';
import { type Changes, mergeChanges, noChanges } from '../changes.ts';
import { findDamage } from './damage.ts';
import { ReconcileLoop } from './loop.ts';
import { allNetworks, ensureNetworks, removeNetworks } from './networks.ts';
import type { ReconcileTools } from './pending.ts';
import {
  allServerPorts,
  reconcilePortFilters,
  reconcileUrgentPorts,
  removeStrayPorts,
} from './port-filters.ts';
import { allRouters, reconcileRouters, reconcileUrgentRouters } from './routers.ts';

export interface Reconcilers {
  /** Called after each commit, with what it touched. */
  announce(changes: Changes): void;
  /** Compares everything once, and from then on what is announced. Does not wait for it. */
  start(): void;
  converged(): Promise<void>;
  /** What is not as it was made, though nobody asked for a change. */
  findDamage(): Promise<NetworkInventory>;
  close(): Promise<void>;
}

/**
 * A server that comes or goes changes the default group of its project, and with it the filters
 * of all members: in a burst of creations that is done together. A port that was changed itself
 * does not wait for that.
 */
const filterGatherMs = 200;

/** Keeps the host equal to the database: topology at once, filters a moment later. */
export function createReconcilers(
  options: ReconcileTools & { clock: Clock; log: Log },
): Reconcilers {
  const { clock, log } = options;
  const pending = noChanges();
  // Lost with the process, and not missed: the next start compares everything.
  let comparesAll = true;
  const urgentFirst = () => reconcileUrgentRouters(options, pending);
  const topology = new ReconcileLoop({
    name: 'networks and routers',
    clock,
    log,
    gatherMs: 0,
    urgent: urgentFirst,
    pass: async () => {
      if (comparesAll) {
        await removeStrayPorts(options);
        for (const id of await allNetworks(options)) pending.networks.add(id);
        for (const id of await allRouters(options)) pending.routers.add(id);
        for (const id of await allServerPorts(options)) pending.ports.add(id);
        comparesAll = false;
        filters.wake();
      }
      await makeTopology(options, pending, urgentFirst);
    },
  });
  const filters = new ReconcileLoop({
    name: 'port filters',
    clock,
    log,
    gatherMs: filterGatherMs,
    pass: () => reconcilePortFilters(options, pending),
    urgent: async () => {
      await reconcileUrgentPorts(options, pending);
    },
  });
  const announce = (changes: Changes) => {
    mergeChanges(pending, changes);
    const { networks, routers, urgentRouters, ports, urgentPorts, groups } = changes;
    const isUrgent = { topology: urgentRouters.size > 0, filters: urgentPorts.size > 0 };
    if (isUrgent.topology || networks.size + routers.size > 0) topology.wake(isUrgent.topology);
    if (isUrgent.filters || ports.size + groups.size > 0) filters.wake(isUrgent.filters);
  };
  let stopRounds: (() => Promise<void>) | undefined;
  return {
    announce,
    findDamage: async () => {
      // Before the start nothing was made yet, or not by us, and all of it will be.
      if (!stopRounds) return { networkIds: [], routerIds: [], portIds: [] };
      return findDamage(options, pending);
    },
    start: () => {
      topology.start();
      filters.start();
      if (!options.driver.differing) return;
      stopRounds = keepDoing(options, limits.wiresComparisonMs, 'comparing wires', () =>
        mendDamage(options, pending, announce),
      );
    },
    converged: async () => {
      await topology.converged();
      await filters.converged();
    },
    close: async () => {
      await stopRounds?.();
      await Promise.all([topology.close(), filters.close()]);
    },
  };
}

/** Makes again what is not as it was made: announced like a change, it has its turn with those. */
async function mendDamage(
  options: ReconcileTools & { log: Log },
  pending: Changes,
  announce: (changes: Changes) => void,
): Promise<void> {
  const damage = await findDamage(options, pending);
  const { networkIds, routerIds, portIds } = damage;
  if (networkIds.length + routerIds.length + portIds.length === 0) return;
  options.log.warn({ ...damage }, 'wires are not as they were made, and are made again');
  announce({
    ...noChanges(),
    networks: new Set(networkIds),
    routers: new Set(routerIds),
    ports: new Set(portIds),
  });
}

/** Does all that is pending, in the order in which one thing needs the other. */
async function makeTopology(
  tools: ReconcileTools,
  pending: Changes,
  urgentFirst: () => Promise<void>,
): Promise<void> {
  // Each has its turn, so that one broken network does not hold up every router.
  const turns = [
    urgentFirst,
    () => ensureNetworks(tools, pending.networks, urgentFirst),
    () => reconcileRouters(tools, pending.routers, urgentFirst),
    () => removeNetworks(tools, pending.networks, urgentFirst),
  ];
  const failures: unknown[] = [];
  for (const turn of turns) await turn().catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
