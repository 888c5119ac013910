import type { ComputeService } from '#compute/service.ts';
import { findForeign, type Holdings, knownServers } from './foreign.ts';
import { findMissing } from './missing.ts';

/** What was found on one host. */
export interface HostExamination {
  host: string;
  foreign: Holdings;
  missing: Holdings;
  /** Servers with a card whose wire is gone. */
  wirelessIds: string[];
}

export interface Examiner {
  /** Compares every host that is served with the database; changes nothing. */
  examine(): Promise<HostExamination[]>;
  /** Ids of all servers of which something may be on some host. */
  knownServers(): Promise<Set<string>>;
}

const nothing: Holdings = { guestIds: [], diskIds: [], portIds: [] };

/** For those who look from the command line. */
export function examinerOf(
  service: Pick<ComputeService, 'agent' | 'database' | 'networks'>,
): Examiner {
  return {
    examine: async () => {
      const found: HostExamination[] = [];
      for (const host of service.agent.hosts()) {
        // What hosts of one machine share is told once.
        const isTold = found.some((before) => service.agent.sharesDisks(before.host, host));
        const foreign = isTold ? nothing : await findForeign(service, host);
        const missing = await findMissing(service, host);
        const wirelessIds = await service.agent.on(host).deadWires();
        found.push({ host, foreign, missing, wirelessIds });
      }
      return found;
    },
    knownServers: () => knownServers(service),
  };
}
