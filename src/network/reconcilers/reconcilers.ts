import type { Clock } from '#base/clock.ts';
import type { Log } from '#base/log.ts';
import { type Changes, mergeChanges, noChanges } from '../changes.ts';
import { ReconcileLoop } from './loop.ts';
import { allNetworks, ensureNetworks, removeNetworks } from './networks.ts';
import type { ReconcileTools } from './pending.ts';
import { allServerPorts, reconcilePortFilters, removeStrayPorts } from './port-filters.ts';
import { allRouters, reconcileRouters } from './routers.ts';

export interface Reconcilers {
  /** Called after each commit, with what it touched. */
  announce(changes: Changes): void;
  /** Compares everything once, and from then on what is announced. Does not wait for it. */
  start(): void;
  converged(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A server that comes or goes changes the default group of its project, and with it the filters
 * of all members: in a burst of creations that is done together.
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
  const topology = new ReconcileLoop({
    name: 'networks and routers',
    clock,
    log,
    gatherMs: 0,
    pass: async () => {
      if (comparesAll) {
        await removeStrayPorts(options);
        for (const id of await allNetworks(options)) pending.networks.add(id);
        for (const id of await allRouters(options)) pending.routers.add(id);
        for (const id of await allServerPorts(options)) pending.ports.add(id);
        comparesAll = false;
        filters.wake();
      }
      // Each has its turn, so that one broken network does not hold up every router.
      const turns = [
        () => ensureNetworks(options, pending.networks),
        () => reconcileRouters(options, pending.routers),
        () => removeNetworks(options, pending.networks),
      ];
      const failures: unknown[] = [];
      for (const turn of turns) await turn().catch((error) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  });
  const filters = new ReconcileLoop({
    name: 'port filters',
    clock,
    log,
    gatherMs: filterGatherMs,
    pass: () => reconcilePortFilters(options, pending),
  });
  const announce = (changes: Changes) => {
    mergeChanges(pending, changes);
    if (changes.networks.size + changes.routers.size > 0) topology.wake();
    if (changes.ports.size + changes.groups.size > 0) filters.wake();
  };
  return {
    announce,
    start: () => {
      topology.start();
      filters.start();
    },
    converged: async () => {
      await topology.converged();
      await filters.converged();
    },
    close: async () => {
      await Promise.all([topology.close(), filters.close()]);
    },
  };
}
