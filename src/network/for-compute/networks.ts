import type { Actor } from '#policy/actor.ts';
import type { NetworkContext } from '../context.ts';
import { seesNetwork } from '../networks/network.ts';
import { findNetwork, listExternal, listUsable } from '../networks/store.ts';

export interface NetworkSummary {
  id: string;
  name: string;
  projectId: string;
}

/** Networks as far as compute shows them. */
export interface NetworkDesk {
  /** Those that the project may put servers on. */
  usable(projectId: string): Promise<NetworkSummary[]>;
  /** Undefined also for one that the actor may not see. */
  find(actor: Actor, id: string): Promise<NetworkSummary | undefined>;
  /** Those that lend floating IPs: the pools of old. */
  external(): Promise<NetworkSummary[]>;
}

export function networkDesk({ database }: NetworkContext): NetworkDesk {
  const db = database.queries;
  return {
    usable: (projectId) => listUsable(db, projectId),
    find: async (actor, id) => {
      const network = await findNetwork(db, id);
      return network && seesNetwork(actor, network) ? network : undefined;
    },
    external: () => listExternal(db),
  };
}
