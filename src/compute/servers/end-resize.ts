import { findMigration, updateMigration } from '#compute/migrations/store.ts';
import { findMove } from '#compute/moves/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { resizeErrors } from './resize-errors.ts';
import type { Server } from './server.ts';

/**
 * Makes a resize or migration final: what is kept of the former server goes.
 * @throws MigrationNotFoundByStatus (400) once a revert has begun; InstanceInvalidState (409)
 */
export function confirmResize(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, allowed, {
    action: 'confirm-resize',
    recordedAs: 'confirmResize',
    operation: { kind: 'confirm-resize', input: {} },
    claim: (tx, server) => setOut(service, tx, server, 'confirming'),
  });
}

/**
 * Brings a server back to where it was, with the disk that it had then.
 * @throws MigrationNotFoundByStatus (400) once a confirmation has begun; InstanceInvalidState (409)
 */
export function revertResize(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, allowed, {
    action: 'revert-resize',
    recordedAs: 'revertResize',
    operation: { kind: 'revert-resize', input: {} },
    claim: (tx, server) => setOut(service, tx, server, 'reverting'),
  });
}

/** One that failed midway may only be asked for again, since there is no way back from it. */
async function setOut(
  service: ComputeService,
  tx: Queries,
  server: Server,
  status: 'confirming' | 'reverting',
): Promise<object> {
  const move = await findMove(tx, server.id);
  const migration = move && (await findMigration(tx, server.id, move.migrationId));
  if (!migration || !['finished', status].includes(migration.status)) {
    throw resizeErrors.notResized();
  }
  await updateMigration(tx, migration.id, { status }, service.clock.nowMs());
  return {};
}
