import { chmod, stat } from 'node:fs/promises';
import type { Log } from './log.ts';

/** Taps are attached by it. */
export const tunDevice = '/dev/net/tun';
export const kvmDevice = '/dev/kvm';

const [forEverybody, forGroup] = [0o006, 0o060];

/**
 * Lets hypervisors without rights open a device. udev does so for both on every usual system; where
 * it does not run they are root's alone. The kernel's documentation of TUN/TAP asks for this mode,
 * for who opens the device gets at no tap but their own, and systemd gives it to KVM as well.
 */
export async function openDeviceToGuests(log: Log, device: string): Promise<void> {
  const { mode } = await stat(device);
  if ((mode & forEverybody) === forEverybody) return;
  await chmod(device, (mode & 0o777) | 0o666);
  log.warn({ device }, 'the device was closed to guests; it has the mode that udev gives');
}

/** Groups by which guests may open it; none where everybody may. The group root opens too much. */
export async function groupsToOpen(log: Log, device: string): Promise<number[]> {
  const { mode, gid } = await stat(device);
  const isForGroup = gid !== 0 && (mode & forGroup) === forGroup;
  if (isForGroup && (mode & forEverybody) !== forEverybody) return [gid];
  await openDeviceToGuests(log, device);
  return [];
}
