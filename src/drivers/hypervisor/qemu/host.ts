import type { Clock } from '#base/clock.ts';
import type { Log } from '#base/log.ts';
import type { GuestEvent } from '../hypervisor.ts';
import type { GuestFolder } from './guest-folder.ts';
import type { LiveGuest } from './live-guest.ts';
import type { ProbeResult } from './process/probe.ts';

/** A guest this driver knows: it has a folder, and while it runs, a conversation. */
export interface KnownGuest {
  folder: GuestFolder;
  userId: number | null;
  live: LiveGuest | undefined;
  /** Its memory is kept whole on the disk, and it has not run since. */
  isSaved: boolean;
}

/** What every verb of the driver works on. */
export interface QemuHost {
  clock: Clock;
  log: Log;
  /** Absolute path of the folder that holds a folder for each guest. */
  guestsFolder: string;
  probe: ProbeResult;
  guests: Map<string, KnownGuest>;
  /** Of each guest that leaves while it runs. */
  migrationBytesPerSecond: number;
  emit: (event: GuestEvent) => void;
}
