import { together } from '#base/together.ts';
import type { GuestDisk } from '#drivers/hypervisor/hypervisor.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import { configDriveOf } from './config-drive.ts';
import type { WantedRescue, WantedServer } from './wanted.ts';

const end = '-rescue';

/** Under which the storage keeps what a server is rescued with. */
export const rescueDiskId = (serverId: string): string => `${serverId}${end}`;

/** Whose disk it is, be it the server's own or one that it is rescued with. */
export function serverOfDisk(diskId: string): string {
  return diskId.endsWith(end) ? diskId.slice(0, -end.length) : diskId;
}

/** Makes them where they are missing: the disk to boot from, and a config drive of its own. */
export async function makeRescueDisks(
  storage: StorageDriver,
  { id, configDrive }: Pick<WantedServer, 'id' | 'configDrive'>,
  { imageId, imageFormat, hardware }: WantedRescue,
): Promise<GuestDisk[]> {
  const diskId = rescueDiskId(id);
  const [location, drive] = await together([
    storage.createRootDisk({ diskId, imageId, imageFormat, sizeBytes: 0 }),
    configDriveOf(storage, { id: diskId, configDrive }),
  ]);
  const rescue: GuestDisk = { location, role: 'rescue', ...(hardware && { hardware }) };
  return [rescue, ...(drive ? [drive] : [])];
}

/**
 * The disks of a guest that is rescued. By its image's wish the rescue disk is the last one, and
 * the server finds all others where they always are; otherwise it is the first, the server's old
 * root disk the second, and others are not there.
 */
export function arrangeRescue(
  { hardware }: WantedRescue,
  [rescue, ...configDrive]: readonly GuestDisk[],
  root: GuestDisk,
  local: readonly GuestDisk[],
): GuestDisk[] {
  if (!rescue) throw new Error('there is no rescue disk');
  if (!hardware) return [rescue, root, ...configDrive];
  return [root, ...local, ...configDrive, rescue];
}
