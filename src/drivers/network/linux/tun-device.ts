import { chmod, stat } from 'node:fs/promises';
import type { Log } from '#base/log.ts';

export const tunDevice = '/dev/net/tun';
const forEverybody = 0o006;

/**
 * Lets hypervisors without rights open the device that taps are attached by. udev does it on every
 * usual system; where it does not run the device is root's alone. The kernel's documentation of
 * TUN/TAP asks for this mode: who opens the device gets at no tap but those that they own.
 */
export async function openTunToGuests(log: Log, device = tunDevice): Promise<void> {
  const { mode } = await stat(device);
  if ((mode & forEverybody) === forEverybody) return;
  await chmod(device, (mode & 0o777) | 0o666);
  log.warn({ device }, 'the device was closed to guests; it has the mode that udev gives');
}
