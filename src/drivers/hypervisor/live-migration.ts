import type { GuestSpec } from './hypervisor.ts';

/** Where a host waits for a guest: as text that only another driver of the same kind reads. */
export interface IncomingAddress {
  memory: string;
  /** Null where the disks are there already. */
  disks: string | null;
}

/** How far a part of a guest is on its way. */
export interface MigrationFigures {
  totalBytes: number;
  processedBytes: number;
  remainingBytes: number;
}

export interface MigrationProgress {
  memory: MigrationFigures;
  disk: MigrationFigures;
}

/**
 * A guest goes from one host to another while it runs. The side that it leaves calls `migrateTo`,
 * the other one `prepareIncoming` before and `completeIncoming` after. Between these two it runs
 * nowhere, and can still go either way: never call `abortMigration` on one side once
 * `completeIncoming` was called on the other. All is idempotent and survives the process that
 * asked: a transfer that lost it fails, and the guest goes on where it was.
 */
export interface LiveMigrations {
  /** What the guest's machine is made of, as the other host must be told. Rejects for one off. */
  hardwareOf(guestId: string): Promise<string[]>;
  /**
   * Waits for the guest, in a machine of that hardware; one that waited before is thrown away. The
   * spec says where its disks and wires are here. Rejects for a guest that runs here.
   * @param copiesDisks its disks here are empty, and are filled before its memory comes
   */
  prepareIncoming(
    guest: GuestSpec,
    hardware: readonly string[],
    copiesDisks: boolean,
    signal?: AbortSignal,
  ): Promise<IncomingAddress>;
  /** Whether it is here as a whole and has not run yet; waits for what is still on its way. */
  hasArrived(guestId: string): Promise<boolean>;
  /**
   * It goes on here, running or standing still, once what is still on its way has come; nothing
   * for a guest that runs. Rejects when it does not come.
   */
  completeIncoming(guestId: string, power: 'running' | 'paused'): Promise<void>;
  /** Throws away what waits for a guest or has arrived, but never a guest that has run here. */
  dropIncoming(guestId: string): Promise<void>;
  /**
   * Resolves once all of the guest is on the other side; until then it runs here. Rejects for a
   * guest that is off, and where it cannot go; then, or aborted, `abortMigration` cleans up.
   */
  migrateTo(guestId: string, address: IncomingAddress, signal?: AbortSignal): Promise<void>;
  /** Whether all of it is on the other side, and nothing has happened here since. */
  hasLeft(guestId: string): Promise<boolean>;
  /** Undefined for a guest that is not on its way. */
  migrationProgress(guestId: string): Promise<MigrationProgress | undefined>;
  /** Stops the vCPUs of a guest on its way, so that its memory changes no more. */
  hastenMigration(guestId: string): Promise<void>;
  /** It goes on here, running or standing still, also when it had left; not one that is off. */
  abortMigration(guestId: string, power: 'running' | 'paused'): Promise<void>;
  /** Removes all that is here of a guest that has left; one that has not is left alone. */
  forgetDeparted(guestId: string): Promise<void>;
}
