import { computeErrors } from '#compute/errors.ts';
import { mayRunElsewhere } from '#compute/evacuations/store.ts';
import { finishOpenActions, insertInstanceAction } from '#compute/instance-actions/store.ts';
import { formerHostCleared } from '#compute/moves/former-host.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { requireExisting, requireUnlocked } from './require-server.ts';
import type { Server } from './server.ts';
import { requireLegal, ruleOf, type ServerAction, startsGuest } from './states.ts';
import { type ServerChange, updateServer } from './store.ts';

export interface DecidedOperation {
  kind: string;
  input: object;
  supersedes?: boolean;
}

export interface Decision {
  action: ServerAction;
  /** The name in `os-instance-actions`. */
  recordedAs: string;
  operation: DecidedOperation | ((server: Server) => DecidedOperation);
  /** It chooses a host, and so takes its turn among those that do. */
  isPlacing?: boolean;
  /**
   * What else is asked and claimed in the same transaction; what it returns is written with the
   * task. May run more than once, and throws to refuse.
   */
  claim?(tx: Queries, server: Server): Promise<ServerChange>;
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
  const { operations, placing } = service;
  if (decision.isPlacing) await formerHostCleared(service, allowed);
  const transaction = decision.isPlacing ? placing : operations.transaction.bind(operations);
  await transaction(async (tx, record) => {
    const server = await requireExisting(tx, allowed);
    requireUnlocked(server, asked.actor);
    requireLegal(server, decision.action);
    if (startsGuest(decision.action) && (await mayRunElsewhere(tx, server.id))) {
      const { attribute } = ruleOf(decision.action);
      throw computeErrors.mayRunElsewhere({ action: attribute, id: server.id });
    }
    const nowMs = service.clock.nowMs();
    const claimed = (await decision.claim?.(tx, server)) ?? {};
    const change = { ...claimed, task_state: ruleOf(decision.action).task };
    await updateServer(tx, server.id, change, nowMs);
    const decided = decision.operation;
    const operation = typeof decided === 'function' ? decided(server) : decided;
    if (operation.supersedes) {
      await finishOpenActions(tx, server.id, `taken over by ${decision.recordedAs}`, nowMs);
    }
    await recordAction(service, tx, asked, server, decision.recordedAs);
    await record({
      ...operation,
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
