import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { ControlEnd } from '#agent/bus/control-end.ts';
import { openInProcessTransport, type Transport } from '#agent/bus/transport.ts';
import { DatabaseAuditTrail } from '#audit/trail.ts';
import type { Clock } from '#base/clock.ts';
import { type Config, databaseLocation, formatListen } from '#base/config.ts';
import { openHttpListener } from '#base/http/listener.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import { openSeals, type Seals } from '#base/sealing/seals.ts';
import type { ConsoleType } from '#compute/consoles/console.ts';
import { type ComputeService, createCompute, type QuotaLimits } from '#compute/service.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { apiRules } from '#endpoints/api-rules.ts';
import { errorRenderer, routesOf } from '#endpoints/mount.ts';
import type { Surface } from '#endpoints/surface.ts';
import { createIdentity, type IdentityService, type PasswordCost } from '#identity/service.ts';
import { createImages, type ImageService } from '#image/service.ts';
import { openMetadataService } from '#metadata/service.ts';
import { createNetworks, type NetworkService } from '#network/service.ts';
import { OperationEngine } from '#operations/engine.ts';
import type { EngineFaults } from '#operations/operation.ts';
import type { ApiRules } from '#policy/api-rules.ts';
import { pageRoutes } from '#remote-consoles/page-routes.ts';
import { openRemoteConsoles } from '#remote-consoles/service.ts';
import { catalogOf } from './cloud/catalog.ts';
import { writeClientFiles } from './cloud/client-files.ts';
import type { Drivers } from './cloud/drivers.ts';
import { type HostsHere, openHostsHere } from './cloud/hosts-here.ts';
import { keepHouse } from './cloud/housekeeping.ts';
import { readSecrets } from './cloud/secrets.ts';
import { seed } from './cloud/seed.ts';
import { surfacesOf } from './cloud/surfaces.ts';

export { type Difference, findDifferences } from './cloud/differences.ts';
export { hostLines } from './cloud/host-lines.ts';
export { openHostProcess } from './cloud/host-process.ts';

export interface CloudOptions {
  config: Config;
  log: Log;
  clock: Clock;
  ids: Ids;
  /** Tells the operator one line. */
  say(line: string): void;
  /** `api`: it decides, and the hosts' agents are in other processes; otherwise they are in it. */
  role?: 'api';
  /** Given by tests; otherwise chosen by the configuration and what this host can do. */
  drivers?: Drivers;
  /** Given by tests, so that hosts can fall silent; otherwise all is in the process. */
  transport?: Transport;
  /** Switches for the harness that repeats, fails and kills. */
  faults?: EngineFaults;
  quota?: Partial<QuotaLimits>;
  /** Consoles that are served; absent: screens and serial ports. */
  consoleTypes?: readonly ConsoleType[];
  gracefulShutdownMs?: number;
  /** Tests hash cheaply. */
  passwordCost?: PasswordCost;
}

export interface Services {
  database: Database;
  operations: OperationEngine;
  identity: IdentityService;
  images: ImageService;
  networks: NetworkService;
  compute: ComputeService;
}

export interface Cloud {
  /** `http://127.0.0.1:8774`, without a final slash. */
  readonly url: string;
  readonly services: Services;
  readonly surfaces: readonly Surface<unknown>[];
  /** Passwords of the seeded users. */
  readonly passwords: Readonly<{ admin: string; demo: string }>;
  /** Stops serving; servers keep running. */
  close(): Promise<void>;
  /** Lets go at once, as a killed process would: nothing is finished, nothing is told. */
  abandon(): Promise<void>;
  /** Ends every guest and takes down every wire; the servers' records and disks stay. */
  stopServers(): Promise<void>;
}

/** Nova's defaults. */
const defaultQuota: QuotaLimits = {
  instances: 10,
  cores: 20,
  memoryMib: 51_200,
  metadataItems: limits.metadataItems,
  keyPairs: 100,
  serverGroups: 10,
  serverGroupMembers: 10,
};

/** The only place that knows everyone: opens the parts, binds them, seeds, serves. */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { config, log, ids } = options;
  mkdirSync(config.stateDirectory, { recursive: true, mode: 0o700 });
  const secrets = readSecrets(config.stateDirectory, ids);
  const [hostsHere, database] = await Promise.all([
    openHostsHere(options),
    openDatabase(databaseLocation(config)),
  ]);
  let origin = config.publicUrl ?? '';
  const transport = options.transport ?? openInProcessTransport();
  const parts = { hostsHere, database, transport, seals: openSeals(secrets.sealKeys, ids) };
  const later = { origin: () => origin, rules: () => apiRules(surfaces, services.identity) };
  const services = createServices(options, parts, later);
  const surfaces = surfacesOf(services);
  const audit = new DatabaseAuditTrail({ database, clock: options.clock, ids, log });
  const metadata = openMetadataService(services.compute, services.networks, log);
  hostsHere.network.onGuestConnection(metadata.accept);
  const webSockets = openRemoteConsoles({
    source: { ...services.compute.consoles, onChange: services.identity.onChange },
    ownBases: () => [origin, config.consoleUrl ?? origin],
    clock: options.clock,
    log,
  });
  const apiRoutes = routesOf({
    surfaces,
    authenticate: services.identity.identify,
    origin: () => origin,
    keeping: { changeMark: database.changeMark, nowMs: () => options.clock.nowMs() },
    audit,
    accounts: services.identity,
  });
  const routes = [...apiRoutes, ...pageRoutes()];
  const renderError = errorRenderer(surfaces);
  const listener = openHttpListener({ routes, webSockets, renderError, ids, log });
  await seed(services, secrets.passwords, config.tinyImage, log);
  const stopAgents = await hostsHere.serve(services, transport);
  await start(services, hostsHere);
  const stopHousekeeping = keepHouse(services, options.clock, log);
  const port = await listener.listen(config.listen.host, config.listen.port);
  const url = `http://${formatListen({ host: config.listen.host, port })}`;
  origin = config.publicUrl ?? url;
  writeClientFiles(config.stateDirectory, origin, secrets.passwords);
  const letGo = async (endAudit: () => Promise<void>) => {
    stopHousekeeping();
    services.operations.close();
    services.compute.close();
    stopAgents();
    metadata.close();
    await webSockets.close();
    await listener.close();
    await Promise.all([services.networks.close(), services.images.whenIdle(), endAudit()]);
    await database.close();
  };
  const close = async () => {
    await services.identity.writeKeyUses().finally(() => letGo(() => audit.close()));
    await hostsHere.close();
  };
  return {
    url,
    services,
    surfaces,
    passwords: secrets.passwords,
    close,
    abandon: () => letGo(() => audit.abandon()),
    stopServers: () => hostsHere.stopServers(services),
  };
}

/** A cloud of which nothing is begun: no request is served, no operation goes on. */
export interface IdleCloud {
  readonly services: Services;
  close(): Promise<void>;
}

/** For commands that look at the hosts, or mend them, while no process serves. */
export async function openIdleCloud(options: CloudOptions): Promise<IdleCloud> {
  const { config, ids } = options;
  const seals = openSeals(readSecrets(config.stateDirectory, ids).sealKeys, ids);
  const [hostsHere, database] = await Promise.all([
    openHostsHere(options),
    openDatabase(databaseLocation(config)),
  ]);
  const transport = openInProcessTransport();
  const parts = { hostsHere, database, transport, seals };
  const services = createServices(options, parts, { origin: () => '', rules: () => apiRules([]) });
  const stopAgents = await hostsHere.serve(services, transport);
  const close = async () => {
    services.compute.close();
    stopAgents();
    await services.networks.close();
    await database.close();
    await hostsHere.close();
  };
  return { services, close };
}

/** What services stand on. */
interface Parts {
  hostsHere: HostsHere;
  database: Database;
  transport: Transport;
  seals: Seals;
}

function createServices(
  options: CloudOptions,
  { hostsHere, database, transport, seals }: Parts,
  later: { origin: () => string; rules: () => ApiRules },
): Services {
  const { clock, ids, log, config } = options;
  const { hosts, unheard, images: storage, network: driver } = hostsHere;
  const concurrency = limits.concurrentOperations;
  const { faults } = options;
  const operations = new OperationEngine({ database, clock, ids, log, concurrency, faults });
  const shared = { database, clock, ids, log };
  const identity = createIdentity({
    ...shared,
    seals,
    security: config.security,
    catalog: () => catalogOf(later.origin()),
    rules: later.rules,
    passwordCost: options.passwordCost,
  });
  const images = createImages({ ...shared, storage });
  const networks = createNetworks({
    ...shared,
    driver,
    onPortLost: (tx, lost) => compute.takeOutLostCard(tx, lost),
  });
  const compute: ComputeService = createCompute({
    ...shared,
    operations,
    bus: new ControlEnd({ ...shared, transport }),
    identity,
    images,
    networks,
    seals,
    hosts,
    unheard,
    controlHost: hosts[0]?.name ?? hostname(),
    fence: hostsHere.fence,
    quota: { ...defaultQuota, ...options.quota },
    consoleTypes: options.consoleTypes ?? ['novnc', 'serial'],
    consoleUrl: config.consoleUrl,
    gracefulShutdownMs: options.gracefulShutdownMs ?? limits.gracefulShutdownMs,
    reclaimAfterMs: config.reclaimAfterMs,
    confirmAfterMs: config.confirmAfterMs,
    shelvedOffloadMs: config.shelvedOffloadMs,
    alwaysConfigDrive: !driver.facts.metadataReachable,
  });
  return { database, operations, identity, images, networks, compute };
}

/** Order matters: wires before guests, and both before unfinished operations go on. */
async function start(services: Services, { wiresNetworks }: HostsHere): Promise<void> {
  if (wiresNetworks) await services.networks.start();
  await services.images.start();
  await services.compute.start();
  await services.operations.start();
}
