import type { GuestDisk } from '#drivers/hypervisor/hypervisor.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import type { WantedDisks } from './wanted.ts';

/** Makes it where it is missing; undefined for a server that has none. */
export async function configDriveOf(
  storage: StorageDriver,
  { id, configDrive }: Pick<WantedDisks, 'id' | 'configDrive'>,
): Promise<GuestDisk | undefined> {
  if (!configDrive) return undefined;
  const location = await storage.createConfigDrive(id, decodeFiles(configDrive));
  return { location, role: 'config-drive' };
}

/** Files as a message carries them, base64 by path, to bytes by path. */
function decodeFiles(files: Record<string, string>): Record<string, Uint8Array> {
  const entries = Object.entries(files).map(([path, text]) => [path, Buffer.from(text, 'base64')]);
  return Object.fromEntries(entries);
}
