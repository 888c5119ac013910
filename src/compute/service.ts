import type { Agent } from '#agent/agent.ts';
import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Seal } from '#base/seal.ts';
import type { Database } from '#db/database.ts';
import type { ImageService } from '#image/service.ts';
import type { GuestFacts } from '#metadata/documents.ts';
import type { NetworkService } from '#network/service.ts';
import type { OperationEngine } from '#operations/engine.ts';
import { registerHost } from './hosts/register-host.ts';
import { registerOperations } from './operations/register.ts';
import { removeLeftovers } from './reconcilers/leftovers.ts';
import { settlePower, watchPower } from './reconcilers/power.ts';
import { guestFactsOf } from './servers/guest-facts.ts';

/** What one project may have; the defaults are Nova's. */
export interface QuotaLimits {
  instances: number;
  cores: number;
  memoryMib: number;
  metadataItems: number;
  keyPairs: number;
  serverGroups: number;
  serverGroupMembers: number;
}

export interface HostFacts {
  name: string;
  availabilityZone: string;
  hypervisor: string;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
}

export interface ComputeDeps {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  operations: OperationEngine;
  agent: Agent;
  images: ImageService;
  networks: NetworkService;
  seal: Seal;
  host: HostFacts;
  quota: QuotaLimits;
  /** Time a guest has to obey the power button. */
  gracefulShutdownMs: number;
  /** True when guests cannot ask the metadata service, so that all get a config drive. */
  alwaysConfigDrive: boolean;
}

/** What compute's endpoints and verbs work with, and what the rest of the house may ask of it. */
export interface ComputeService extends ComputeDeps {
  /** For the metadata service: what the guest behind this server may know. */
  guestFacts(serverId: string): Promise<GuestFacts | undefined>;
  /** Makes the record of a server at rest agree with what its host says of its power. */
  settlePower(serverId: string): Promise<void>;
  /** Adopts what runs, mends what differs, and from then on watches. */
  start(): Promise<void>;
  close(): void;
}

export function createCompute(deps: ComputeDeps): ComputeService {
  let unwatch: (() => void) | undefined;
  const service: ComputeService = {
    ...deps,
    guestFacts: (serverId) => guestFactsOf(service, serverId),
    settlePower: (serverId) => settlePower(service, serverId),
    start: async () => {
      await registerHost(service);
      unwatch = await watchPower(service);
      await removeLeftovers(service);
    },
    close: () => unwatch?.(),
  };
  registerOperations(service);
  return service;
}
