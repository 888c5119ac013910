import { textMember } from '../qmp/messages.ts';

/** Slot and function of each device that has a name, as `addr` takes them. */
export function slotsOf(buses: unknown): Map<string, string> {
  const devices = Array.isArray(buses) ? buses.flatMap((bus) => bus?.devices ?? []) : [];
  const slots = new Map<string, string>();
  for (const device of devices) {
    const id = textMember(device, 'qdev_id');
    if (!id) continue;
    slots.set(id, `${Number(device.slot).toString(16)}.${Number(device.function).toString(16)}`);
  }
  return slots;
}
