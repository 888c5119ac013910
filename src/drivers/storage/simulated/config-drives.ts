import { deserialize, serialize } from 'node:v8';
import type { StorageDriver } from '../storage.ts';
import type { SimulatedStorageHost } from './simulated-host.ts';

type Calls = Pick<StorageDriver, `${'create' | 'export' | 'import'}ConfigDrive`>;

export function configDriveCalls(host: SimulatedStorageHost): Calls {
  return {
    createConfigDrive: (diskId, files) =>
      host.perform('createConfigDrive', () => {
        const isThere = host.configDrives.has(diskId);
        if (!isThere) host.configDrives.set(diskId, structuredClone(files));
        return { kind: 'simulated', id: `${diskId}.config` };
      }),
    exportConfigDrive: (diskId) =>
      host.perform('exportConfigDrive', () => {
        const files = host.configDrives.get(diskId);
        return files && serialize(files);
      }),
    importConfigDrive: (diskId, drive) =>
      host.perform('importConfigDrive', () => {
        if (!host.configDrives.has(diskId)) host.configDrives.set(diskId, deserialize(drive));
      }),
  };
}
