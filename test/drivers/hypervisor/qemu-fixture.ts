import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#base/clock.ts';
import { openDeviceToGuests, tunDevice } from '#base/guest-devices.ts';
import { silentLog } from '#base/log.ts';
import type { GuestSpec, HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { eventually } from '#test/eventually.ts';
import { bootDisk, greeting } from './boot-sector.ts';
import type { HypervisorFixture } from './contract.ts';

export interface QemuFixture extends HypervisorFixture {
  stateFolder: string;
  /** The folder of one guest. */
  guestFolder(guestId: string): string;
  /** A guest over disks the test made itself. */
  guestOver(disks: GuestSpec['disks']): GuestSpec;
}

/**
 * A state folder of its own with a real QEMU. Emulation is asked for: what KVM does on the host
 * that runs the tests is not what they are about.
 */
export async function makeQemuFixture(subfolder = ''): Promise<QemuFixture> {
  const root = await mkdtemp(join(tmpdir(), 'cumulet-qemu-'));
  const stateFolder = join(root, subfolder, 'state');
  await mkdir(stateFolder, { recursive: true });
  const drivers: HypervisorDriver[] = [];
  const guestIds: string[] = [];
  const guestOver = (disks: GuestSpec['disks']): GuestSpec => {
    const id = randomUUID();
    guestIds.push(id);
    return { id, instanceName: 'instance-00000001', vcpus: 1, memoryMib: 32, disks, nics: [] };
  };
  const guestFolder = (guestId: string) => join(stateFolder, 'guests', guestId);
  return {
    stateFolder,
    greeting,
    guestFolder,
    guestOver,
    open: async () => {
      // As the driver of the wires does, which these tests make themselves.
      await openDeviceToGuests(silentLog, tunDevice);
      const options = { stateFolder, clock: systemClock, log: silentLog };
      const driver = await openQemuDriver({ ...options, accelerator: 'tcg' });
      drivers.push(driver);
      return driver;
    },
    guest: async (behaviour) => {
      const path = join(root, `${randomUUID()}.raw`);
      await writeFile(path, bootDisk(behaviour), { mode: 0o600 });
      const location = { kind: 'file', path, format: 'raw', readOnly: false, backing: [] } as const;
      return guestOver([{ role: 'root', location: { ...location, backing: [] } }]);
    },
    processIds: processesNaming,
    killFromOutside: (guestId) => {
      for (const pid of processesNaming(guestId)) process.kill(pid, 'SIGKILL');
    },
    traces: (guestId) => [
      ...processesNaming(guestId).map((pid) => `process ${pid}`),
      ...(existsSync(guestFolder(guestId)) ? [guestFolder(guestId)] : []),
    ],
    [Symbol.asyncDispose]: async () => {
      for (const driver of drivers) await driver.close();
      for (const guestId of guestIds) {
        for (const pid of processesNaming(guestId)) process.kill(pid, 'SIGKILL');
        await eventually('guests gone', () => processesNaming(guestId).length === 0);
      }
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The processes with this UUID as QEMU's `-uuid`, corpses left out; asks no driver. */
export function processesNaming(guestId: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
      return args[args.indexOf('-uuid') + 1] === guestId;
    } catch {
      return false;
    }
  });
}

/** A field of `/proc/<pid>/status`. */
export function processStatus(pid: number, field: string): string {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return new RegExp(`^${field}:[ \\t]*(.*?)[ \\t]*$`, 'm').exec(status)?.[1] ?? '';
}
