import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Agent } from '#agent/agent.ts';
import type { Clock } from '#base/clock.ts';
import { type Config, formatListen } from '#base/config.ts';
import { openHttpListener } from '#base/http/listener.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import { openSeal } from '#base/seal.ts';
import type { ConsoleType } from '#compute/consoles/console.ts';
import { type ComputeService, createCompute, type QuotaLimits } from '#compute/service.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { errorRenderer, routesOf } from '#endpoints/mount.ts';
import type { Surface } from '#endpoints/surface.ts';
import { createIdentity, type IdentityService, type PasswordCost } from '#identity/service.ts';
import { createImages, type ImageService } from '#image/service.ts';
import { openMetadataService } from '#metadata/service.ts';
import { createNetworks, type NetworkService } from '#network/service.ts';
import { OperationEngine } from '#operations/engine.ts';
import type { EngineFaults } from '#operations/operation.ts';
import type { Actor } from '#policy/actor.ts';
import { catalogOf } from './cloud/catalog.ts';
import { writeClientFiles } from './cloud/client-files.ts';
import { type Drivers, openDrivers } from './cloud/drivers.ts';
import { describeHosts } from './cloud/host.ts';
import { keepHouse } from './cloud/housekeeping.ts';
import { readSecrets } from './cloud/secrets.ts';
import { seed } from './cloud/seed.ts';
import { surfacesOf } from './cloud/surfaces.ts';

export interface CloudOptions {
  config: Config;
  log: Log;
  clock: Clock;
  ids: Ids;
  /** Tells the operator one line. */
  say(line: string): void;
  /** Given by tests; otherwise chosen by the configuration and what this host can do. */
  drivers?: Drivers;
  /** Switches for the harness that repeats, fails and kills. */
  faults?: EngineFaults;
  quota?: Partial<QuotaLimits>;
  /** Consoles that are served; none without proxies. */
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
  const [drivers, database] = await Promise.all([
    options.drivers ?? openDrivers(options),
    openDatabase(databaseLocation(config)),
  ]);
  let origin = config.publicUrl ?? '';
  const services = createServices(options, drivers, database, secrets.sealKey, () => origin);
  const surfaces = surfacesOf(services);
  const metadata = openMetadataService(services.compute, services.networks, log);
  drivers.network.onGuestConnection(metadata.accept);
  const listener = openHttpListener({
    routes: routesOf({
      surfaces,
      authenticate: (headers) => authenticate(services.identity, headers),
      origin: () => origin,
      changeMark: database.changeMark,
    }),
    renderError: errorRenderer(surfaces),
    ids,
    log,
  });
  await seed(services, secrets.passwords, config.tinyImage, log);
  await start(services);
  const stopHousekeeping = keepHouse(services, options.clock, log);
  const port = await listener.listen(config.listen.host, config.listen.port);
  const url = `http://${formatListen({ host: config.listen.host, port })}`;
  origin = config.publicUrl ?? url;
  writeClientFiles(config.stateDirectory, origin, secrets.passwords);
  const abandon = async () => {
    stopHousekeeping();
    services.operations.close();
    services.compute.close();
    metadata.close();
    await listener.close();
    await Promise.all([services.networks.close(), services.images.whenIdle()]);
    await database.close();
  };
  const close = async () => {
    await abandon();
    await Promise.all([drivers.hypervisor.close(), drivers.network.close()]);
  };
  return {
    url,
    services,
    surfaces,
    passwords: secrets.passwords,
    close,
    abandon,
    stopServers: () => stopServers(services, drivers),
  };
}

async function authenticate(
  identity: IdentityService,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Promise<Actor | undefined> {
  const token = headers['x-auth-token'];
  return typeof token === 'string' ? identity.authenticate(token) : undefined;
}

function databaseLocation(config: Config): string {
  return config.database === 'sqlite'
    ? join(config.stateDirectory, 'cumulet.sqlite')
    : config.database;
}

function createServices(
  options: CloudOptions,
  drivers: Drivers,
  database: Database,
  sealKey: Uint8Array,
  origin: () => string,
): Services {
  const { clock, ids, log, config } = options;
  const { stateDirectory } = config;
  const hosts = describeHosts(stateDirectory, drivers.hypervisor.facts, config.hosts);
  // Simulated hosts share one machine; a real one is alone on it.
  const agent = new Agent({ ...drivers, log });
  const concurrency = limits.concurrentOperations;
  const { faults } = options;
  const operations = new OperationEngine({ database, clock, ids, log, concurrency, faults });
  const shared = { database, clock, ids, log };
  const identity = createIdentity({
    ...shared,
    catalog: () => catalogOf(origin()),
    passwordCost: options.passwordCost,
  });
  const images = createImages({ ...shared, storage: drivers.storage });
  const networks = createNetworks({ ...shared, driver: drivers.network });
  const compute = createCompute({
    ...shared,
    operations,
    agents: new Map(hosts.map(({ name }) => [name, agent])),
    images,
    networks,
    seal: openSeal(sealKey),
    hosts,
    quota: { ...defaultQuota, ...options.quota },
    consoleTypes: options.consoleTypes ?? [],
    gracefulShutdownMs: options.gracefulShutdownMs ?? limits.gracefulShutdownMs,
    alwaysConfigDrive: !drivers.network.facts.metadataReachable,
  });
  return { database, operations, identity, images, networks, compute };
}

/** Order matters: wires before guests, and both before unfinished operations go on. */
async function start(services: Services): Promise<void> {
  await Promise.all([services.networks.start(), services.images.start()]);
  await services.compute.start();
  await services.operations.start();
}

async function stopServers(services: Services, drivers: Drivers): Promise<void> {
  await services.operations.whenIdle();
  for (const guest of await drivers.hypervisor.guests()) {
    await drivers.hypervisor.powerOff(guest.id);
    await services.compute.settlePower(guest.id);
  }
  // Nobody may make again what is being taken down.
  await services.networks.close();
  await drivers.network.removeAll();
}
