import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process of this host that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** Start time in the kernel's ticks since boot. */
  startTicks: string;
  bootId: string;
}

/** Who `pid` is now; undefined when nobody, or only a corpse nobody has waited for. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the name in parentheses and may itself contain any of these signs.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    if (!startTicks || state === 'Z' || state === 'X') return undefined;
    return { pid, startTicks, bootId: currentBootId() };
  } catch {
    return undefined;
  }
}

function currentBootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}

export function isAlive(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid);
  return now?.startTicks === identity.startTicks && now.bootId === identity.bootId;
}

/** Kills exactly this process at once; a recycled number is left alone. */
export function killProcess(identity: ProcessIdentity): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * The processes whose working folder is inside `guestsFolder`, by the guest's id. Every process
 * of a guest stands in that guest's folder from its first instruction, so one that was started
 * just before we were killed, and written down nowhere, is found by where it stands.
 */
export function processesByGuest(guestsFolder: string): Map<string, ProcessIdentity[]> {
  const found = new Map<string, ProcessIdentity[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(name)) continue;
    const guestId = guestIdOf(Number(name), guestsFolder);
    const identity = guestId === undefined ? undefined : identifyProcess(Number(name));
    if (guestId === undefined || !identity) continue;
    found.set(guestId, [...(found.get(guestId) ?? []), identity]);
  }
  return found;
}

function guestIdOf(pid: number, guestsFolder: string): string | undefined {
  try {
    const folder = readlinkSync(`/proc/${pid}/cwd`);
    if (!folder.startsWith(`${guestsFolder}/`)) return undefined;
    const guestId = folder.slice(guestsFolder.length + 1).split('/')[0] ?? '';
    // An administrator's shell may stand there too; a guest's process also names the guest.
    const args = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
    return args[args.indexOf('-uuid') + 1] === guestId ? guestId : undefined;
  } catch {
    // It ended while we looked, or belongs to another user and so is none of ours.
    return undefined;
  }
}
