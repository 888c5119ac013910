import { systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { openUserNetwork } from '#drivers/network/user/user-network.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import type { Drivers } from '../../../src/cloud/drivers.ts';

/** Real guests and disks, emulated and without wires. */
export async function openQemuAlone(stateFolder: string): Promise<Drivers> {
  const host = { stateFolder, clock: systemClock, log: silentLog };
  const [hypervisor, storage, network] = await Promise.all([
    openQemuDriver({ ...host, accelerator: 'tcg' }),
    openFileStorage(host),
    openUserNetwork({ reason: 'no wires are needed' }),
  ]);
  return { hypervisor, storage, network };
}
