import { together } from '#base/together.ts';
import type { GuestDisk, GuestNic, GuestSpec } from '#drivers/hypervisor/hypervisor.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import { configDriveOf } from './config-drive.ts';
import { arrangeRescue, makeRescueDisks } from './rescue.ts';
import type { WantedDisks, WantedServer } from './wanted.ts';

/** What a guest's disks and wires are made by. */
export interface GuestParts {
  network: NetworkDriver;
  storage: StorageDriver;
}

/** The guest as its hypervisor must know it; disks and wires are made where they are missing. */
export async function guestOf(parts: GuestParts, server: WantedServer): Promise<GuestSpec> {
  const { network, storage } = parts;
  const [disks, nics] = await together([disksOf(storage, server), plugAll(network, server)]);
  return {
    id: server.id,
    instanceName: server.instanceName,
    vcpus: server.vcpus,
    memoryMib: server.memoryMib,
    disks,
    nics,
    networkNamespace: network.facts.namespace ?? null,
  };
}

async function disksOf(storage: StorageDriver, server: WantedServer): Promise<GuestDisk[]> {
  const [location, local, drive] = await together([
    storage.createRootDisk(server.rootDisk),
    localDisksOf(storage, server),
    server.rescue ? Promise.resolve(undefined) : configDriveOf(storage, server),
  ]);
  const root: GuestDisk = { location, role: 'root' };
  if (server.rescue) {
    const rescue = await makeRescueDisks(storage, server, server.rescue);
    return arrangeRescue(server.rescue, rescue, root, local);
  }
  return [root, ...local, ...(drive ? [drive] : [])];
}

export function localDisksOf(
  storage: StorageDriver,
  { localDisks }: WantedDisks,
): Promise<GuestDisk[]> {
  return Promise.all(
    localDisks.map(async (disk) => ({
      location: await storage.createBlankDisk(disk),
      role: disk.content === 'swap-signature' ? ('swap' as const) : ('ephemeral' as const),
    })),
  );
}

export function plugAll(network: NetworkDriver, server: WantedServer): Promise<GuestNic[]> {
  return Promise.all(server.ports.map((wiring) => plugOne(network, wiring)));
}

export async function plugOne(
  driver: NetworkDriver,
  { network, port }: WantedServer['ports'][number],
): Promise<GuestNic> {
  await driver.ensureNetwork(network);
  const attachment = await driver.plugPort(port);
  return { portId: port.id, macAddress: port.macAddress, attachment };
}
