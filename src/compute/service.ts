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
import type { AllocationRatios } from '#scheduler/candidate.ts';
import type { ConsoleType } from './consoles/console.ts';
import { AgentsByHost } from './hosts/agents.ts';
import { keepBeating } from './hosts/heartbeat.ts';
import { registerHosts } from './hosts/register-hosts.ts';
import { registerOperations } from './operations/register.ts';
import { CandidateReader } from './placement/candidates.ts';
import { placementTurns } from './placement/turns.ts';
import { removeLeftovers } from './reconcilers/leftovers.ts';
import { settlePower, watchPower } from './reconcilers/power.ts';
import { setPassword } from './server-password/set.ts';
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
  architecture: string;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
  /** How far each is promised beyond what is there. */
  ratios: AllocationRatios;
  /** `7002022` for 7.2.22; 0 where there is none. */
  hypervisorVersion: number;
  /** Where other hosts reach it. */
  address: string;
  cpu: CpuFacts;
}

/** What a host says of its processors. */
export interface CpuFacts {
  model: string;
  vendor: string;
  features: readonly string[];
  topology: { sockets: number; cores: number; threads: number };
}

export interface ComputeDeps {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  operations: OperationEngine;
  /** By the name of the host; simulated hosts may share one. */
  agents: ReadonlyMap<string, Agent>;
  images: ImageService;
  networks: NetworkService;
  seal: Seal;
  /** The hosts that this process serves. */
  hosts: readonly HostFacts[];
  quota: QuotaLimits;
  /** What a proxy of this process serves; other types are refused as not available. */
  consoleTypes: readonly ConsoleType[];
  /** Time a guest has to obey the power button. */
  gracefulShutdownMs: number;
  /** True when guests cannot ask the metadata service, so that all get a config drive. */
  alwaysConfigDrive: boolean;
}

/** What compute's endpoints and verbs work with, and what the rest of the house may ask of it. */
export interface ComputeService extends ComputeDeps {
  /** Does what is asked for a server on the host that it is on. */
  readonly agent: AgentsByHost;
  /** Hosts as placement sees them. */
  readonly candidates: CandidateReader;
  /** `operations.transaction` for those who choose hosts: one of them at a time. */
  readonly placing: OperationEngine['transaction'];
  /** For the metadata service: what the guest behind this server may know. */
  guestFacts(serverId: string): Promise<GuestFacts | undefined>;
  /** Keeps what a guest says of its password; false when there is one already. */
  setGuestPassword(serverId: string, encrypted: string): Promise<boolean>;
  /** Makes the record of a server at rest agree with what its host says of its power. */
  settlePower(serverId: string): Promise<void>;
  /** Adopts what runs, mends what differs, and from then on watches. */
  start(): Promise<void>;
  close(): void;
}

export function createCompute(deps: ComputeDeps): ComputeService {
  let unwatch: (() => void) | undefined;
  let stopBeating: (() => void) | undefined;
  const service: ComputeService = {
    ...deps,
    agent: new AgentsByHost(deps.agents, deps.database.queries),
    candidates: new CandidateReader(),
    placing: placementTurns(deps.database, deps.operations),
    guestFacts: (serverId) => guestFactsOf(service, serverId),
    setGuestPassword: (serverId, encrypted) => setPassword(service, serverId, encrypted),
    settlePower: (serverId) => settlePower(service, serverId),
    start: async () => {
      await registerHosts(service);
      stopBeating = keepBeating(service);
      unwatch = await watchPower(service);
      await removeLeftovers(service);
    },
    close: () => {
      stopBeating?.();
      unwatch?.();
    },
  };
  registerOperations(service);
  return service;
}
