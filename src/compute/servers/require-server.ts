import { computeErrors } from '#compute/errors.ts';
import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import { isAdmin } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Server } from './server.ts';
import { requireLegal, type ServerAction } from './states.ts';
import { findServer } from './store.ts';

/**
 * The server as it is in this transaction, in a state in which the request is legal.
 * @throws InstanceNotFound (404), InstanceInvalidState (409)
 */
export async function requireServer(
  tx: Queries,
  allowed: Allowed<Server>,
  action: ServerAction,
): Promise<Server> {
  const server = await requireExisting(tx, allowed);
  requireLegal(server, action);
  return server;
}

/** The server as it is in this transaction. @throws InstanceNotFound (404) */
export async function requireExisting(tx: Queries, allowed: Allowed<Server>): Promise<Server> {
  const server = await findServer(tx, allowed.id);
  if (!server) throw computeErrors.serverNotFound({ id: allowed.id });
  return server;
}

/** What is locked only administrators change. @throws InstanceIsLocked (409) */
export function requireUnlocked(server: Server, actor: Actor): void {
  if (server.isLocked && !isAdmin(actor)) throw computeErrors.locked({ id: server.id });
}
