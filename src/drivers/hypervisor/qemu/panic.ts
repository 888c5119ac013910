import { stat } from 'node:fs/promises';
import { DeadlineExceeded } from './deadline.ts';
import type { GuestFolder } from './guest-folder.ts';
import type { QemuHost } from './host.ts';
import { killProcess, type ProcessIdentity } from './process/host-process.ts';
import type { QmpClient, QmpEvent } from './qmp/client.ts';

const lookMs = 50;
/**
 * A console that has nothing new at so many looks has said all. Looks are counted and no time is
 * measured: where we come late to look, the guest may have come late to speak.
 */
const silentLooks = 10;
/** A guest that goes on talking is ended after this many. */
const lastLooks = 100;

export interface PanicWatch {
  /** From the guest's panic until it is rebooted. */
  readonly isPanicking: boolean;
  /** @returns true for what QEMU and we do about the panic, which is no news of the guest's own */
  take(event: QmpEvent): boolean;
  /** For a guest that was found standing where it panicked. */
  begin(): void;
}

/**
 * QEMU stops a guest whose kernel says that it panics. A kernel that was interrupted by an NMI
 * says so before it has written why to its console, which nobody could read then; so it goes on
 * until its console is silent, and is ended. One that reboots by itself, before it stands still or
 * after that, runs on.
 */
export function watchPanic(
  { clock, log }: Pick<QemuHost, 'clock' | 'log'>,
  { guestId, consoleLog }: GuestFolder,
  process: ProcessIdentity,
  qmp: QmpClient,
): PanicWatch {
  let isPanicking = false;
  /** QEMU stops the guest some time after it has told us, and we let it go on. */
  let awaited: 'STOP' | 'RESUME' | undefined;
  const hearLastWords = async () => {
    await qmp.execute('cont');
    let size = 0;
    let silent = 0;
    for (let looks = 0; isPanicking && silent < silentLooks && looks < lastLooks; looks += 1) {
      await clock.sleep(lookMs);
      const now = (await stat(consoleLog)).size;
      silent = now === size ? silent + 1 : 0;
      size = now;
    }
    if (isPanicking) await qmp.execute('quit');
  };
  const goOn = () => {
    awaited = 'RESUME';
    hearLastWords().catch((error) => {
      // Otherwise it has hung up, as it was asked to, or we have.
      if (!(error instanceof DeadlineExceeded)) return;
      log.error({ guestId, error: String(error) }, 'a guest that panicked was killed');
      killProcess(process);
    });
  };
  return {
    get isPanicking() {
      return isPanicking;
    },
    begin: () => {
      if (isPanicking) return;
      isPanicking = true;
      goOn();
    },
    take: (event) => {
      if (event.name === 'GUEST_PANICKED' && event.data.action === 'pause') {
        // Nobody panics twice: its last words are not what it wants to be let go on for.
        if (isPanicking) qmp.execute('quit').catch(() => undefined);
        else awaited = 'STOP';
        isPanicking = true;
      }
      if (event.name === 'RESET') isPanicking = false;
      if (event.name !== awaited) return false;
      if (event.name === 'STOP') goOn();
      else awaited = undefined;
      return true;
    },
  };
}
