import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { actionErrors } from './errors.ts';
import { type ActionEventRow, listEvents } from './event-store.ts';
import type { ActionEvent, ActionWithEvents, InstanceAction } from './instance-action.ts';
import {
  findInstanceAction,
  type InstanceActionRow,
  listInstanceActions as selectActions,
} from './store.ts';

export interface ActionsAsked {
  limit: number;
  /** Request id of the last action of the page before. */
  marker?: string | undefined;
  changedSinceMs?: number | undefined;
  changedBeforeMs?: number | undefined;
}

/** Newest first. @returns undefined when the marker is no action of this server. */
export async function listInstanceActions(
  service: ComputeService,
  server: Allowed<Server>,
  asked: ActionsAsked,
): Promise<InstanceAction[] | undefined> {
  const db = service.database.queries;
  const { marker, ...page } = asked;
  const after = marker === undefined ? {} : await findPageEnd(db, server.id, marker);
  if (!after) return undefined;
  const rows = await selectActions(db, server.id, { ...page, ...after });
  return rows.map(toAction);
}

async function findPageEnd(db: Queries, serverId: string, requestId: string) {
  const after = await findInstanceAction(db, serverId, requestId);
  return after && { after };
}

/** @throws InstanceActionNotFound (404) */
export async function readInstanceAction(
  service: ComputeService,
  server: Allowed<Server>,
  requestId: string,
): Promise<ActionWithEvents> {
  const db = service.database.queries;
  const row = await findInstanceAction(db, server.id, requestId);
  if (!row) throw actionErrors.notFound({ requestId });
  const events = await listEvents(db, row.id);
  return { action: toAction(row), events: events.map(toEvent) };
}

function toAction(row: InstanceActionRow): InstanceAction {
  return {
    action: row.action,
    serverId: row.server_id,
    projectId: row.project_id,
    userId: row.user_id,
    requestId: row.request_id,
    message: row.message,
    startedMs: row.started_ms,
    updatedMs: row.updated_ms,
  };
}

function toEvent(row: ActionEventRow): ActionEvent {
  return {
    name: row.name,
    host: row.host,
    startedMs: row.started_ms,
    finishedMs: row.finished_ms,
    result: row.result,
    details: row.details,
  };
}
