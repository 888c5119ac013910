import type { LiveMigrations } from '../../live-migration.ts';
import type { QemuHost } from '../host.ts';
import { completeIncoming, dropIncoming, hasArrived, prepareIncoming } from './incoming.ts';
import {
  abortMigration,
  forgetDeparted,
  hardwareOf,
  hasLeft,
  hastenMigration,
  migrateTo,
  migrationProgress,
} from './outgoing.ts';

/** The part of the driver that moves guests while they run. */
export function movingAlive(host: QemuHost): LiveMigrations {
  return {
    hardwareOf: (guestId) => hardwareOf(host, guestId),
    prepareIncoming: (guest, hardware, copiesDisks, signal) =>
      prepareIncoming(host, guest, hardware, copiesDisks, signal),
    hasArrived: (guestId) => hasArrived(host, guestId),
    completeIncoming: (guestId, power) => completeIncoming(host, guestId, power),
    dropIncoming: (guestId) => dropIncoming(host, guestId),
    migrateTo: (guestId, address, signal) => migrateTo(host, guestId, address, signal),
    hasLeft: (guestId) => hasLeft(host, guestId),
    migrationProgress: (guestId) => migrationProgress(host, guestId),
    hastenMigration: (guestId) => hastenMigration(host, guestId),
    abortMigration: (guestId, power) => abortMigration(host, guestId, power),
    forgetDeparted: (guestId) => forgetDeparted(host, guestId),
  };
}
