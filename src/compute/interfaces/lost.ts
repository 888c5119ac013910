import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { LostPort } from '#network/service.ts';

/**
 * Takes the card of a port that its owner deleted out of the guest, as Nova does when the network
 * service tells it; recorded in the transaction that deletes the port.
 * @returns what begins it, to be called once that is committed
 */
export function takeOutLostCard(
  { operations }: Pick<ComputeService, 'operations'>,
  tx: Queries,
  { portId, serverId, projectId, requestId }: LostPort,
): Promise<() => void> {
  return operations.recordWithin(tx, {
    kind: 'detach-interface',
    subject: serverId,
    projectId,
    requestId,
    input: { portId },
  });
}
