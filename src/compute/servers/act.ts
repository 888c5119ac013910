import { computeErrors } from '#compute/errors.ts';
import { finishOpenActions, insertInstanceAction } from '#compute/instance-actions/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import { isAdmin } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Server, TaskState } from './server.ts';
import { requireLegal, type ServerAction } from './states.ts';
import { findServer, updateServer } from './store.ts';

export interface Decision {
  action: ServerAction;
  /** The name in `os-instance-actions`. */
  recordedAs: string;
  taskState: TaskState;
  operation: { kind: string; input: object; supersedes?: boolean };
}

/** Who asked, and under which request. */
export interface Asked {
  actor: Actor;
  requestId: string;
}

/**
 * What every action on a server does: in one transaction it asks the state table about the server
 * as it is now, sets the task state, and writes the instance action and the operation.
 */
export async function actOnServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  decision: Decision,
): Promise<void> {
  await service.operations.transaction(async (tx, record) => {
    const server = await findServer(tx, allowed.id);
    if (!server) throw computeErrors.serverNotFound({ id: allowed.id });
    if (server.isLocked && !isAdmin(asked.actor)) throw computeErrors.locked({ id: server.id });
    requireLegal(server, decision.action);
    const nowMs = service.clock.nowMs();
    await updateServer(tx, server.id, { task_state: decision.taskState }, nowMs);
    if (decision.operation.supersedes) {
      await finishOpenActions(tx, server.id, `taken over by ${decision.recordedAs}`, nowMs);
    }
    await recordAction(service, tx, asked, server, decision.recordedAs);
    await record({
      ...decision.operation,
      subject: server.id,
      projectId: server.projectId,
      requestId: asked.requestId,
    });
  });
}

export async function recordAction(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  server: Pick<Server, 'id' | 'projectId'>,
  action: string,
): Promise<void> {
  await insertInstanceAction(tx, {
    id: service.ids.uuid(),
    server_id: server.id,
    project_id: asked.actor.projectId ?? server.projectId,
    user_id: asked.actor.userId,
    request_id: asked.requestId,
    action,
    message: null,
    started_ms: service.clock.nowMs(),
    finished_ms: null,
  });
}
