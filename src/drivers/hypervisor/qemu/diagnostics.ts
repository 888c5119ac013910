import { readFile } from 'node:fs/promises';
import type {
  DiskDiagnostics,
  GuestDiagnostics,
  NicDiagnostics,
  NicTraffic,
} from '../diagnostics.ts';
import type { QemuHost } from './host.ts';
import type { LiveGuest } from './live-guest.ts';

/** Linux counts times of processes in these, whatever the kernel's own clock. */
const ticksPerS = 100;
const nsPerTick = 1e9 / ticksPerS;
const bytesPerMib = 1024 ** 2;

/** Asks QEMU and the kernel; undefined for a guest that is off, or ended meanwhile. */
export async function diagnose(
  host: QemuHost,
  guestId: string,
): Promise<GuestDiagnostics | undefined> {
  const live = host.guests.get(guestId)?.live;
  if (!live) return undefined;
  try {
    return await read(live);
  } catch (error) {
    if (host.guests.get(guestId)?.live !== live) return undefined;
    throw error;
  }
}

async function read(live: LiveGuest): Promise<GuestDiagnostics> {
  const { qmp, process, power } = live;
  const [threads, disks, memory, cards] = [
    membersOf(await qmp.execute('query-cpus-fast')),
    membersOf(await qmp.execute('query-blockstats')),
    await qmp.execute('query-memory-size-summary'),
    await qmp.execute('human-monitor-command', { 'command-line': 'info network' }),
  ];
  const proc = `/proc/${process.pid}`;
  const traffic = parseTraffic(await readFile(`${proc}/net/dev`, 'latin1').catch(() => ''));
  const status = await readFile(`${proc}/status`, 'latin1');
  const uptime = Number((await readFile('/proc/uptime', 'latin1')).split(' ')[0]);
  const times = threads.map(async (thread) => {
    const stat = await readFile(`${proc}/task/${numberIn(thread, 'thread-id')}/stat`, 'latin1');
    return cpuTimeNs(stat);
  });
  return {
    state: power,
    uptimeS: Math.max(0, Math.round(uptime - Number(process.startTicks) / ticksPerS)),
    cpuTimesNs: await Promise.all(times),
    memoryMib: Math.round(
      (numberIn(memory, 'base-memory') + numberIn(memory, 'plugged-memory')) / bytesPerMib,
    ),
    usedMemoryMib: Math.round(Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024),
    nics: parseCards(String(cards)).map(({ macAddress, device }) => {
      const counted = device === null ? undefined : traffic.get(device);
      // The tap counts as the host sees it: what it received is what the guest sent.
      return {
        macAddress,
        device,
        received: counted?.sent ?? null,
        sent: counted?.received ?? null,
      };
    }),
    disks: disks.filter((disk) => 'qdev' in disk).map(diskOf),
  };
}

type Told = Record<string, unknown>;

/** What QEMU tells is not believed: its guest may have taken it over. */
function membersOf(value: unknown): Told[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Told => typeof one === 'object' && one !== null);
}

function numberIn(value: unknown, name: string): number {
  const member = typeof value === 'object' && value !== null ? (value as Told)[name] : undefined;
  return typeof member === 'number' && Number.isSafeInteger(member) && member >= 0 ? member : 0;
}

function diskOf({ stats }: Told): DiskDiagnostics {
  return {
    readBytes: numberIn(stats, 'rd_bytes'),
    readRequests: numberIn(stats, 'rd_operations'),
    writtenBytes: numberIn(stats, 'wr_bytes'),
    writeRequests: numberIn(stats, 'wr_operations'),
    errors: numberIn(stats, 'failed_rd_operations') + numberIn(stats, 'failed_wr_operations'),
  };
}

/** @param stat of one thread; its name may itself contain any sign */
function cpuTimeNs(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * nsPerTick;
}

/**
 * The network cards and the host's ends of their wires. Only the monitor for people tells these,
 * also of cards that were plugged in later: a line for the card, and below it one for its wire.
 */
export function parseCards(text: string): Pick<NicDiagnostics, 'macAddress' | 'device'>[] {
  return text.split(/\r?\n(?! )/).flatMap((block) => {
    const macAddress = /type=nic,.*macaddr=([0-9a-f:]{17})/.exec(block)?.[1];
    const device = /type=tap,ifname=([^,\s]{1,15})/.exec(block)?.[1] ?? null;
    return macAddress === undefined ? [] : [{ macAddress, device }];
  });
}

/** @param text of `/proc/<pid>/net/dev`: the devices of the namespace that the process is in */
export function parseTraffic(
  text: string,
): Map<string, { received: NicTraffic; sent: NicTraffic }> {
  const lines = text.split('\n').slice(2);
  return new Map(
    lines.flatMap((line) => {
      const [name = '', figures] = line.split(':');
      if (figures === undefined) return [];
      const columns = figures.trim().split(/\s+/).map(Number);
      const from = (first: number): NicTraffic => {
        const [octets = 0, packets = 0, errors = 0, dropped = 0] = columns.slice(first);
        return { octets, packets, errors, dropped };
      };
      return [[name.trim(), { received: from(0), sent: from(8) }] as const];
    }),
  );
}
