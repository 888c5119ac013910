import { readFile } from 'node:fs/promises';
import type { GuestFolder } from '../guest-folder.ts';
import type { LiveGuest } from '../live-guest.ts';
import { nicArgument, portOfDevice } from './network-devices.ts';
import { slotsOf } from './slots.ts';

/** What the guest sees of its machine; everything else in a command is our side of it. */
const seen: ReadonlySet<string> = new Set([
  ...['-machine', '-accel', '-cpu', '-smp', '-m', '-rtc', '-boot', '-smbios'],
  ...['-object', '-device'],
]);

/** Arguments in pairs, those that stand alone with an empty value. */
function pairsOf(command: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at < command.length; at += 1) {
    const [flag = '', value = ''] = command.slice(at, at + 2);
    const isAlone = value.startsWith('-') || at + 1 === command.length;
    pairs.push([flag, isAlone ? '' : value]);
    if (!isAlone) at += 1;
  }
  return pairs;
}

/**
 * The arguments that make a machine on which the guest's memory fits: those it was started with, in
 * the exact version of its board, its devices in the slots where they are now, and its network
 * cards as they have come and gone since.
 */
export async function hardwareOf(folder: GuestFolder, live: LiveGuest): Promise<string[]> {
  const command = JSON.parse(await readFile(folder.command, 'utf8')) as string[];
  const slots = slotsOf(await live.qmp.execute('query-pci'));
  const board = await live.qmp.execute('qom-get', { path: '/machine', property: 'type' });
  const pairs = pairsOf(command.slice(1)).filter(([flag]) => seen.has(flag));
  const kept = pairs.filter(([, value]) => {
    const id = idOf(value);
    return id === undefined || portOfDevice(id) === undefined || slots.has(id);
  });
  const startedWith = new Set(kept.map(([, value]) => idOf(value)));
  for (const id of slots.keys()) {
    const portId = portOfDevice(id);
    if (portId === undefined || startedWith.has(id)) continue;
    const at = { path: `/machine/peripheral/${id}`, property: 'mac' };
    const macAddress = String(await live.qmp.execute('qom-get', at));
    if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(macAddress)) throw new Error('no MAC address');
    kept.push(['-device', nicArgument({ portId, macAddress })]);
  }
  return kept.flatMap(([flag, value]) => {
    if (flag === '-machine') return [flag, value.replace(/^[^,]*/, boardName(board))];
    const slot = flag === '-device' ? slots.get(idOf(value) ?? '') : undefined;
    return [flag, slot === undefined ? value : `${value.replace(/,addr=[^,]*/, '')},addr=${slot}`];
  });
}

/** The ports whose cards are part of this hardware. */
export function portsIn(hardware: readonly string[]): string[] {
  return hardware.flatMap((value) => portOfDevice(idOf(value) ?? '') ?? []);
}

/** A fresh command with the guest's side of it replaced by that hardware. */
export function withHardware(command: readonly string[], hardware: readonly string[]): string[] {
  const [binary = '', ...rest] = command;
  const ours = pairsOf(rest).filter(([flag]) => !seen.has(flag));
  return [binary, ...ours.flat().filter((word) => word !== ''), ...hardware];
}

function idOf(value: string): string | undefined {
  return /,id=([^,]+)/.exec(value)?.[1];
}

/** `pc` means another board in every version of QEMU; `pc-i440fx-7.2` does not. */
function boardName(type: unknown): string {
  const name = /^([a-z0-9.-]+)-machine$/.exec(String(type))?.[1];
  if (!name) throw new Error('QEMU does not say which board the guest has');
  return name;
}
