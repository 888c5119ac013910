import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Database, Queries } from '#db/database.ts';
import type { NetworkDriver, NetworkInventory } from '#drivers/network/network.ts';
import type { Actor } from '#policy/actor.ts';
import type { Thing } from '#policy/things.ts';
import { formatAddress, parseAddress } from './addresses/address.ts';
import { type AttachRequest, attachFurther, attachPort } from './attachments/attach.ts';
import { type AddressMatch, serversByAddress } from './attachments/by-address.ts';
import { interfaceErrors } from './attachments/errors.ts';
import {
  type AttachmentRequest,
  type AttachmentRequests,
  type PlannedAttachment,
  planAttachments,
} from './attachments/plan.ts';
import { releasePort, releasePorts } from './attachments/release.ts';
import { portsOfServers, type ServerPort } from './attachments/server-ports.ts';
import { portWithAddress } from './attachments/store.ts';
import { type Wiring, wiringOf } from './attachments/wiring.ts';
import { noChanges } from './changes.ts';
import { type LostPort, makeTransact, type NetworkContext, type OnPortLost } from './context.ts';
import { type NetworkProxies, networkProxies } from './for-compute/proxies.ts';
import { serverPortIds, setStatus } from './ports/store.ts';
import { type ForeignNetworks, findForeign, removeForeign } from './reconcilers/foreign.ts';
import { createReconcilers } from './reconcilers/reconcilers.ts';
import { ensureDefaultGroup } from './security-groups/ensure-default.ts';
import { type SeedRequest, seedNetworks } from './seeds/seed.ts';
import { type Named, thingsNamed } from './things.ts';

export type { FloatingIp } from './floating-ips/floating-ip.ts';
export type { FloatingIpView } from './for-compute/floating-ips.ts';
export type { NetworkSummary } from './for-compute/networks.ts';
export type { SecurityGroupRule } from './security-group-rules/rule.ts';
export type { SecurityGroup } from './security-groups/security-group.ts';
export { networkThing } from './things.ts';

export type {
  AttachmentRequest,
  AttachmentRequests,
  AttachRequest,
  LostPort,
  PlannedAttachment,
  SeedRequest,
  ServerPort,
  Wiring,
};

export interface AddressHolder {
  portId: string;
  serverId: string | null;
  projectId: string;
}

export interface NetworkService {
  /** What the verbs behind the API work with; other services do not touch it. */
  readonly context: NetworkContext;
  /**
   * Checks and resolves what a new server asks for; takes nothing yet. `auto`: the project's only
   * usable network; `none`: nothing; undefined (or an empty list): like `auto`, but nothing when
   * the project has no network. @throws refusals with Nova's meaning, see attachments/errors.ts.
   */
  planAttachments(
    actor: Actor,
    requests: AttachmentRequests,
    securityGroups: readonly string[],
  ): Promise<PlannedAttachment[]>;
  /** Makes or binds the server's nth port with addresses; idempotent per (serverId, index). */
  attachPort(request: AttachRequest): Promise<ServerPort>;
  /** Deletes ports that attachPort made, unbinds those that the user made. Idempotent. */
  releasePorts(serverId: string): Promise<void>;
  /** The same for one of them. */
  releasePort(serverId: string, portId: string): Promise<void>;
  /** `planAttachments` for one more card of a server that is there already. */
  planInterface(actor: Actor, request: AttachmentRequest): Promise<PlannedAttachment>;
  /**
   * Makes or binds one more port for a server, in the caller's transaction; `announce` is called
   * once that is committed. @throws refusals with Nova's meaning, see attachments/errors.ts.
   */
  attachFurther(
    tx: Queries,
    request: Omit<AttachRequest, 'index'>,
  ): Promise<{ value: ServerPort; announce: () => void }>;
  /** Those of what is named by id that are there and that the actor sees, as policy is told. */
  thingsNamed(actor: Actor, named: Named): Promise<Thing[]>;
  /** What compute's own network endpoints, kept for old clients, show and change. */
  readonly proxies: NetworkProxies;
  /** Ports by server, in their order; servers without ports are absent. */
  portsOf(serverIds: readonly string[]): Promise<Map<string, ServerPort[]>>;
  /** Of all ports that servers have. */
  serverPortIds(): Promise<string[]>;
  /** Servers with a fixed address of that version that matches. */
  serversByAddress(ipVersion: 4 | 6, match: AddressMatch): Promise<Set<string>>;
  /** What the agent gives the network driver to wire a port; undefined when the port is gone. */
  wiring(portId: string): Promise<Wiring | undefined>;
  /** ACTIVE once plugged: from then on its filters are kept up to date. */
  setPortStatus(portId: string, status: 'ACTIVE' | 'DOWN' | 'BUILD'): Promise<void>;
  /** Who speaks from an address, for the metadata service. */
  portByAddress(networkId: string, address: string): Promise<AddressHolder | undefined>;
  /** First start: networks `private` and `public`, `router`, default groups. Idempotent. */
  seed(request: SeedRequest): Promise<void>;
  /** The id of the project's default group, which is made when it is first asked for. */
  ensureDefaultGroup(projectId: string): Promise<string>;
  /**
   * Begins to make the host equal to the database, and goes on after every commit. Returns at
   * once: a host that is slow or broken delays nobody; `converged` waits.
   */
  start(): Promise<void>;
  /** Resolves when the host is as the database wants it, retries included. */
  converged(): Promise<void>;
  /** What the machine has of networks and routers, and the database does not know. */
  findForeign(): Promise<ForeignNetworks>;
  /** What is not as it was made, though nobody asked for a change; it is mended soon. */
  findDamage(): Promise<NetworkInventory>;
  removeForeign(found: ForeignNetworks): Promise<void>;
  /** Lets the running pass end and begins no other; what exists on the host stays. */
  close(): Promise<void>;
}

export interface NetworkDependencies {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  driver: NetworkDriver;
  onPortLost: OnPortLost;
}

export function createNetworks(deps: NetworkDependencies): NetworkService {
  const { database, clock, ids, log, driver, onPortLost } = deps;
  const reconcilers = createReconcilers({ database, driver, clock, log });
  const writes = makeTransact(database, reconcilers.announce);
  const context: NetworkContext = { database, clock, ids, onPortLost, ...writes };
  return {
    context,
    planAttachments: (actor, requests, groups) => planAttachments(context, actor, requests, groups),
    attachPort: (request) => attachPort(context, request),
    releasePorts: (serverId) => releasePorts(context, serverId),
    releasePort: (serverId, portId) => releasePort(context, serverId, portId),
    planInterface: async (actor, request) => {
      const [plan] = await planAttachments(context, actor, [request], [], interfaceErrors);
      if (!plan) throw interfaceErrors.noNetworkForAuto();
      return plan;
    },
    attachFurther: (tx, request) =>
      context.within(tx, (changes) => attachFurther(context, tx, changes, request)),
    thingsNamed: (actor, named) => thingsNamed(context, actor, named),
    proxies: networkProxies(context),
    portsOf: (serverIds) => portsOfServers(database.queries, serverIds),
    serverPortIds: () => serverPortIds(database.queries),
    serversByAddress: (ipVersion, match) => serversByAddress(database.queries, ipVersion, match),
    wiring: (portId) => wiringOf(database.queries, portId),
    setPortStatus: async (portId, status) => {
      const hasChanged = await database.note((tx) => setStatus(tx, portId, status));
      if (!hasChanged || status !== 'ACTIVE') return;
      // Rules may have changed between the agent's look and its plugging.
      reconcilers.announce({ ...noChanges(), ports: new Set([portId]) });
    },
    portByAddress: async (networkId, address) => {
      const parsed = parseAddress(address);
      return parsed && portWithAddress(database.queries, networkId, formatAddress(parsed));
    },
    seed: (request) => seedNetworks(context, request),
    ensureDefaultGroup: (projectId) => ensureDefaultGroup(context, projectId),
    start: async () => reconcilers.start(),
    converged: () => reconcilers.converged(),
    findForeign: () => findForeign({ database, driver }),
    findDamage: () => reconcilers.findDamage(),
    removeForeign: (found) => removeForeign({ database, driver }, found),
    close: () => reconcilers.close(),
  };
}
