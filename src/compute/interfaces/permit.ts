import type { Asked } from '#compute/servers/act.ts';
import { requireServer, requireUnlocked } from '#compute/servers/require-server.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ServerAction } from '#compute/servers/states.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';

/**
 * Asks, in the transaction in which the network service changes a server's wires, whether the
 * server may be changed. The question throws InstanceNotFound (404), InstanceInvalidState (409)
 * or InstanceIsLocked (409).
 */
export function permitChange(
  asked: Pick<Asked, 'actor'>,
  allowed: Allowed<Server>,
  action: ServerAction,
): (tx: Queries) => Promise<void> {
  return async (tx) => {
    const server = await requireServer(tx, allowed, action);
    requireUnlocked(server, asked.actor);
  };
}
