import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { openCloud } from '#cloud';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { openLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import type { EngineFaults } from '#operations/operation.ts';

export interface StopAt {
  kind: string;
  step: string;
  /** `after`: the step is done on the host and not yet recorded. */
  moment: 'before' | 'after';
}

export interface ServeRequest {
  stateDirectory: string;
  instanceId: string;
  uplink: string;
  stopAt: StopAt | null;
}

// Run as a process of its own by the tests that kill us: serves a cloud on QEMU and Linux wires,
// says where, and at the named step says so and goes no further.
const { stateDirectory, instanceId, uplink, stopAt } = JSON.parse(
  process.argv[2] ?? '',
) as ServeRequest;

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

const host = { stateFolder: stateDirectory, clock: systemClock, log: silentLog };
const [hypervisor, network, storage] = await Promise.all([
  openQemuDriver({ ...host, accelerator: 'tcg' }),
  openLinuxNetwork({ ...host, instanceId, uplink: { kind: 'namespace', name: uplink } }),
  openFileStorage(host),
]);
const cloud = await openCloud({
  config: {
    listen: { host: '127.0.0.1', port: 0 },
    stateDirectory,
    hypervisor: 'qemu',
    network: 'linux',
    uplink,
    logLevel: 'error',
    publicUrl: null,
    database: 'sqlite',
    tinyImage: null,
    hosts: [],
  },
  log: silentLog,
  clock: systemClock,
  ids: randomIds,
  say: () => undefined,
  drivers: { hypervisor, network, storage },
  faults,
  passwordCost: { N: 16, r: 1, p: 1 },
});
process.stdout.write(`ready ${cloud.url} ${cloud.passwords.demo}\n`);
