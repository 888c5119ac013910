import { type Asked, recordAction } from '#compute/servers/act.ts';
import { requireServer, requireUnlocked } from '#compute/servers/require-server.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { cardErrors } from './errors.ts';
import { readInterfaces } from './read.ts';

/**
 * Takes a port from a server, once its guest has let go of the card. A port that was made for the
 * server is deleted, one that the user made stays.
 * @param keepsPrimary the first card goes last, as the 2017 reference has it
 */
export async function detachInterface(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  portId: string,
  keepsPrimary: boolean,
): Promise<void> {
  const ports = await readInterfaces(service, allowed);
  const port = ports.find((one) => one.id === portId);
  if (!port) throw cardErrors.notOnServer({ serverId: allowed.id, portId });
  if (keepsPrimary && ports[0] === port && ports.length > 1) {
    throw cardErrors.primaryLast({ portId });
  }
  await service.operations.transaction(async (tx, record) => {
    const server = await requireServer(tx, allowed, 'detach-interface');
    requireUnlocked(server, asked.actor);
    await recordAction(service, tx, asked, server, 'detach_interface');
    await record({
      kind: 'detach-interface',
      subject: server.id,
      projectId: server.projectId,
      requestId: asked.requestId,
      input: { portId },
    });
  });
}
