import { computeErrors } from '#compute/errors.ts';
import { startEvent } from '#compute/instance-actions/event-store.ts';
import { finishOpenActions } from '#compute/instance-actions/store.ts';
import { type Asked, recordAction } from '#compute/servers/act.ts';
import { requireExisting, requireUnlocked } from '#compute/servers/require-server.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { migrationErrors } from './errors.ts';
import type { ServerMigration } from './migration.ts';
import { findMigration, turnMigration } from './store.ts';

/**
 * Calls a live migration off; the server goes on where it was.
 * @param from the statuses in which that may be asked
 * @throws MigrationNotFoundForInstance (404), InvalidMigrationState (400),
 *   InstanceInvalidState, InstanceIsLocked (409)
 */
export async function abortLiveMigration(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  text: string,
  from: readonly string[],
): Promise<void> {
  await service.operations.transaction(async (tx, record) => {
    const server = await requireMigrating(tx, asked, allowed, 'abort live migration');
    const migration = await findNumbered(tx, server.id, text);
    if (!migration) throw migrationErrors.notFoundForServer({ id: text, serverId: server.id });
    requireStatus(migration, from, 'abort live migration');
    const nowMs = service.clock.nowMs();
    // From here on the migration cannot take the server to the other side any more.
    await turnMigration(tx, migration.id, from, 'cancelled', nowMs);
    await finishOpenActions(tx, server.id, 'the live migration was called off', nowMs);
    await recordAction(service, tx, asked, server, 'live_migration_cancel');
    await record({
      kind: 'abort-live-migration',
      subject: server.id,
      projectId: server.projectId,
      requestId: asked.requestId,
      input: {},
      supersedes: true,
    });
  });
}

/**
 * Lets a live migration come to its end whatever the guest does: it stands still until it is over.
 * @throws MigrationNotFoundForInstance, InvalidMigrationState (400), InstanceInvalidState,
 *   InstanceIsLocked (409)
 */
export async function forceLiveMigration(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  text: string,
): Promise<void> {
  await service.operations.transaction(async (tx, record) => {
    const server = await requireMigrating(tx, asked, allowed, 'force_complete');
    if (server.vmState !== 'active') {
      const facts = { action: 'force_complete', id: server.id, state: server.vmState };
      throw computeErrors.invalidState({ ...facts, attribute: 'vm_state' });
    }
    const migration = await findNumbered(tx, server.id, text);
    if (!migration) throw migrationErrors.notFoundForced({ id: text, serverId: server.id });
    requireStatus(migration, ['running'], 'force complete');
    const nowMs = service.clock.nowMs();
    const event = { id: service.ids.uuid(), name: forcingEvent, nowMs };
    await recordAction(service, tx, asked, server, 'live_migration_force_complete');
    await startEvent(tx, server.id, asked.requestId, event);
    await record({
      // Not the server's own: that queue is the migration's until it is over.
      kind: 'hasten-live-migration',
      subject: migration.uuid,
      projectId: server.projectId,
      requestId: asked.requestId,
      input: { serverId: server.id, migrationId: migration.id },
    });
  });
}

const forcingEvent = 'compute_live_migration_force_complete';

async function requireMigrating(
  tx: Queries,
  asked: Asked,
  allowed: Allowed<Server>,
  action: string,
): Promise<Server> {
  const server = await requireExisting(tx, allowed);
  requireUnlocked(server, asked.actor);
  if (server.taskState === 'migrating') return server;
  const state = server.taskState ?? 'None';
  throw computeErrors.invalidState({ action, id: server.id, attribute: 'task_state', state });
}

async function findNumbered(
  tx: Queries,
  serverId: string,
  text: string,
): Promise<ServerMigration | undefined> {
  return /^\d{1,9}$/.test(text) ? findMigration(tx, serverId, Number(text)) : undefined;
}

function requireStatus(migration: ServerMigration, from: readonly string[], what: string): void {
  const { id, serverId, status: state } = migration;
  if (from.includes(state)) return;
  throw migrationErrors.invalidState({ id, serverId, state, what });
}
