import { readdir, readFile } from 'node:fs/promises';
import type { GuestNic } from '../../hypervisor.ts';
import type { QemuHost } from '../host.ts';
import type { LiveGuest } from '../live-guest.ts';
import { attachNic, detachNic, hasDevice } from './hot-plug.ts';
import { deviceId } from './network-devices.ts';
import { slotsOf } from './slots.ts';

/** Guests whose process holds the end of a wire that is gone. */
export async function guestsWithDeadWires(host: QemuHost): Promise<string[]> {
  const found: string[] = [];
  for (const [guestId, { live }] of host.guests) {
    if (live && (await heldTaps(live)).includes('')) found.push(guestId);
  }
  return found.sort();
}

/** Names of the taps that its process holds; empty for one that somebody deleted. */
async function heldTaps({ process: { pid } }: LiveGuest): Promise<string[]> {
  const folder = `/proc/${pid}/fdinfo`;
  const names: string[] = [];
  // A process that ended meanwhile, or is another user's, holds nothing of ours.
  for (const name of await readdir(folder).catch(() => [])) {
    const text = await readFile(`${folder}/${name}`, 'utf8').catch(() => '');
    const tap = /^iff:[ \t]*(\S*)$/m.exec(text)?.[1];
    if (tap !== undefined) names.push(tap);
  }
  return names;
}

/**
 * Gives the guest a new card in the place of each whose wire is gone: QEMU cannot give a card
 * another wire. The guest has to let go of the old one, and finds the new one where that was.
 * @param nics all that it is to have, their wires made
 * @returns the ports whose cards are new
 */
export async function reviveNics(
  host: QemuHost,
  guestId: string,
  nics: readonly GuestNic[],
  signal?: AbortSignal,
): Promise<string[]> {
  const live = host.guests.get(guestId)?.live;
  if (live?.power !== 'running') return [];
  const held = await heldTaps(live);
  const revived: string[] = [];
  for (const nic of nics) {
    const { attachment, portId } = nic;
    if (attachment.kind !== 'tap' || held.includes(attachment.device)) continue;
    const slots = slotsOf(await live.qmp.execute('query-pci'));
    if (await hasDevice(live, deviceId(portId))) await detachNic(host, guestId, portId, signal);
    await attachNic(host, guestId, nic, slots.get(deviceId(portId)));
    revived.push(portId);
  }
  return revived;
}
