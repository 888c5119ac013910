import { type Asked, recordAction } from '#compute/servers/act.ts';
import { requireServer, requireUnlocked } from '#compute/servers/require-server.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { AttachmentRequest, PlannedAttachment, ServerPort } from '#network/service.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';

/**
 * Gives a server one more port; its guest gets the card a moment later, or with its next start.
 * @returns the port as it is now, not yet plugged.
 * @throws InstanceInvalidState (409), InstanceIsLocked (409) and what the network refuses.
 */
export async function attachInterface(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  request: AttachmentRequest,
): Promise<ServerPort> {
  const plan = await planInterface(service, asked.actor, allowed, request);
  const made = await service.operations.transaction(async (tx, record) => {
    const server = await requireServer(tx, allowed, 'attach-interface');
    requireUnlocked(server, asked.actor);
    const { id: serverId, projectId, hostname } = server;
    const port = await service.networks.attachFurther(tx, { serverId, projectId, hostname, plan });
    await recordAction(service, tx, asked, server, 'attach_interface');
    await record({
      kind: 'attach-interface',
      subject: serverId,
      projectId,
      requestId: asked.requestId,
      input: { portId: port.value.id },
    });
    return port;
  });
  made.announce();
  return made.value;
}

/** What the new card would hang on. @throws what the network refuses */
export function planInterface(
  service: ComputeService,
  actor: Actor,
  { projectId }: Server,
  request: AttachmentRequest,
): Promise<PlannedAttachment> {
  // An administrator may act for a server of another project; its networks are what counts.
  return service.networks.planInterface({ ...actor, projectId }, request);
}
