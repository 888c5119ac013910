import { systemClock } from '#base/clock.ts';
import { type Config, readConfig } from '#base/config.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { openCloud } from '#cloud';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { openLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import type { EngineFaults } from '#operations/operation.ts';
import { type Drivers, openDrivers } from '../../../src/cloud/drivers.ts';

export interface StopAt {
  kind: string;
  step: string;
  /** `after`: the step is done on the host and not yet recorded. */
  moment: 'before' | 'after';
}

export interface ServeRequest {
  stateDirectory: string;
  /** The name of its one switch; null where it has named hosts, which have their own. */
  instanceId: string | null;
  uplink: string;
  stopAt: StopAt | null;
  /** What differs from a cloud of one host without images. */
  config: Partial<Config>;
}

// Run as a process of its own by the tests that kill us: serves a cloud on QEMU and Linux wires,
// says where, and at the named step says so and goes no further.
const request = JSON.parse(process.argv[2] ?? '') as ServeRequest;
const { stateDirectory, instanceId, uplink, stopAt } = request;

const stop = async (moment: string, kind: string, step: string): Promise<undefined> => {
  const isHere = stopAt?.kind === kind && stopAt.step === step && stopAt.moment === moment;
  if (!isHere) return undefined;
  process.stdout.write('stopped at the step\n');
  return new Promise(() => undefined);
};
const faults: EngineFaults = {
  beforeStep: (kind, step) => stop('before', kind, step),
  afterStep: (kind, step) => stop('after', kind, step),
};

const place = { projectDirectory: stateDirectory, workingDirectory: stateDirectory };
const config: Config = {
  ...readConfig([], {}, place),
  listen: { host: '127.0.0.1', port: 0 },
  stateDirectory,
  hypervisor: 'qemu',
  network: 'linux',
  uplink,
  logLevel: 'error',
  ...request.config,
};
const parts = { clock: systemClock, log: silentLog, ids: randomIds, say: () => undefined };

async function openOneHost(name: string): Promise<Drivers> {
  const host = { stateFolder: stateDirectory, clock: systemClock, log: silentLog };
  const [hypervisor, network, storage] = await Promise.all([
    openQemuDriver({ ...host, accelerator: 'tcg' }),
    openLinuxNetwork({ ...host, instanceId: name, uplink: { kind: 'namespace', name: uplink } }),
    openFileStorage(host),
  ]);
  return { hypervisor, network, storage };
}

const drivers =
  instanceId === null ? await openDrivers({ ...parts, config }) : await openOneHost(instanceId);
const cloud = await openCloud({
  ...parts,
  config,
  drivers,
  faults,
  passwordCost: { N: 16, r: 1, p: 1 },
});
const { demo, admin } = cloud.passwords;
process.stdout.write(`ready ${cloud.url} ${demo} ${admin}\n`);
