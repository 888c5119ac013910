import type { SimulatedStorageHost } from './simulated-host.ts';

export function putAside(host: SimulatedStorageHost, diskId: string, keepsBlanks: boolean): void {
  const root = host.rootDisks.get(diskId);
  if (!root || host.disksAside.has(diskId)) return;
  const blanks = keepsBlanks ? undefined : host.blankDisks.get(diskId);
  host.disksAside.set(diskId, { root, configDrive: host.configDrives.get(diskId), blanks });
  host.rootDisks.delete(diskId);
  host.configDrives.delete(diskId);
  if (blanks) host.blankDisks.delete(diskId);
}

export function bringBack(host: SimulatedStorageHost, diskId: string): void {
  const aside = host.disksAside.get(diskId);
  if (!aside) return;
  host.rootDisks.set(diskId, aside.root);
  if (aside.configDrive) host.configDrives.set(diskId, aside.configDrive);
  else host.configDrives.delete(diskId);
  if (aside.blanks) host.blankDisks.set(diskId, aside.blanks);
  host.disksAside.delete(diskId);
}
