import type { Duplex } from 'node:stream';
import type { ControlEnd } from '#agent/bus/control-end.ts';
import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Seals } from '#base/sealing/seals.ts';
import type { Database, Queries } from '#db/database.ts';
import type { IdentityService } from '#identity/service.ts';
import type { ImageService } from '#image/service.ts';
import type { GuestFacts } from '#metadata/documents.ts';
import type { LostPort, NetworkService } from '#network/service.ts';
import type { OperationEngine } from '#operations/engine.ts';
import type { Accounts } from '#policy/things.ts';
import type { AllocationRatios } from '#scheduler/candidate.ts';
import { connectConsole, mayUseConsole } from './consoles/connect.ts';
import type { ConsoleGrant, ConsoleType } from './consoles/console.ts';
import { redeemConsole } from './consoles/redeem.ts';
import { type AgentsByHost, agentsByHost } from './hosts/agents.ts';
import { admitHosts } from './hosts/credentials.ts';
import { keepBeating } from './hosts/heartbeat.ts';
import { registerHosts } from './hosts/register-hosts.ts';
import { takeOutLostCard } from './interfaces/lost.ts';
import { registerOperations } from './operations/register.ts';
import { CandidateReader } from './placement/candidates.ts';
import { placementTurns } from './placement/turns.ts';
import { keepConfirming } from './reconcilers/confirm.ts';
import { keepDue } from './reconcilers/due.ts';
import { type Examiner, examinerOf } from './reconcilers/examine.ts';
import { keepRemovingLeftovers, keepSweeping, removeLeftovers } from './reconcilers/leftovers.ts';
import { keepLookingForDisks } from './reconcilers/lost-disks.ts';
import { settlePower, watchPower } from './reconcilers/power.ts';
import { keepPutAside } from './reconcilers/put-aside.ts';
import { readmitHosts } from './reconcilers/readmit.ts';
import { keepWires } from './reconcilers/wires.ts';
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
  /** The same for hosts that see the same disks. */
  disks: string;
  /** The same for hosts whose servers hang on the same wires. */
  wires: string;
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
  /** To the agents of all hosts. */
  bus: ControlEnd;
  /** Who there is: limits and permissions are not recorded for those who are not. */
  identity: Pick<IdentityService, 'hasProject' | 'hasUser' | 'actorByAuditId' | keyof Accounts>;
  images: ImageService;
  networks: NetworkService;
  seals: Seals;
  /** The hosts that this process serves. */
  hosts: readonly HostFacts[];
  /** Those that it only knows by name, as their agents are elsewhere: down until they are heard. */
  unheard: readonly HostFacts[];
  /** Where requests are decided, as lists of services name it. */
  controlHost: string;
  /**
   * Ends a server's guest on a host without asking its agent, for good and at once; false where
   * that host is not on this machine. Throws when the guest may still run.
   */
  fence(host: string, serverId: string): Promise<boolean>;
  quota: QuotaLimits;
  /** What a proxy of this process serves; other types are refused as not available. */
  consoleTypes: readonly ConsoleType[];
  /** Base of the addresses of consoles; null takes the one under which we were asked. */
  consoleUrl: string | null;
  /** Time a guest has to obey the power button. */
  gracefulShutdownMs: number;
  /** How long a deleted server is only put aside; 0 deletes at once. */
  reclaimAfterMs: number;
  /** When a resize is confirmed that nobody confirmed or reverted; 0: never. */
  confirmAfterMs: number;
  /** How long a shelved server keeps its place on its host; Infinity: until it is told. */
  shelvedOffloadMs: number;
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
  /** For the command that looks for what is foreign or missing on the hosts. */
  readonly examiner: Examiner;
  /** For the network service, which tells it when it deletes a port that a server has. */
  takeOutLostCard(tx: Queries, lost: LostPort): Promise<() => void>;
  /** For remote consoles: what a token opens, which it does once. */
  readonly consoles: {
    redeem(token: string): Promise<ConsoleGrant | undefined>;
    mayUse(grant: ConsoleGrant): Promise<boolean>;
    connect(grant: ConsoleGrant): Promise<Duplex | undefined>;
  };
  /** Makes the record of a server at rest agree with what its host says of its power. */
  settlePower(serverId: string): Promise<void>;
  /** A host that was said to be down, and is not, is looked at now and not at its next beat. */
  readmitSoon(): void;
  /** Lets this process's hosts speak on the bus. @returns their credentials, for their agents. */
  admitHosts(): Promise<Map<string, string>>;
  /** Adopts what runs, mends what differs, and from then on watches. */
  start(): Promise<void>;
  close(): void;
}

export function createCompute(deps: ComputeDeps): ComputeService {
  const stops: (() => void)[] = [];
  let hurry: () => void = () => undefined;
  const service: ComputeService = {
    ...deps,
    agent: agentsByHost({ ...deps, db: deps.database.queries }),
    candidates: new CandidateReader(deps.clock),
    placing: placementTurns(deps.database, deps.operations),
    guestFacts: (serverId) => guestFactsOf(service, serverId),
    setGuestPassword: (serverId, encrypted) => setPassword(service, serverId, encrypted),
    takeOutLostCard: (tx, lost) => takeOutLostCard(service, tx, lost),
    consoles: {
      redeem: (token) => redeemConsole(service, token),
      mayUse: (grant) => mayUseConsole(service, grant),
      connect: (grant) => connectConsole(service, grant),
    },
    get examiner() {
      return examinerOf(service);
    },
    settlePower: (serverId) => settlePower(service, serverId),
    admitHosts: () => admitHosts(service),
    readmitSoon: () => hurry(),
    start: async () => {
      await registerHosts(service);
      await readmitHosts(service, service.agent.hosts());
      const beating = keepBeating(service);
      hurry = beating.hurry;
      stops.push(beating.stop, await watchPower(service));
      await removeLeftovers(service);
      stops.push(keepDue(service), keepConfirming(service), keepPutAside(service));
      stops.push(keepWires(service), keepLookingForDisks(service));
      stops.push(keepRemovingLeftovers(service), keepSweeping(service));
    },
    close: () => {
      for (const stop of stops.splice(0)) stop();
      deps.bus.close();
    },
  };
  registerOperations(service);
  return service;
}
