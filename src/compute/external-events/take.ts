import type { ComputeService } from '#compute/service.ts';
import { eventErrors } from './errors.ts';
import { type EventCode, type ExternalEvent, eventsWithTag } from './event.ts';
import { placesOf, type ServerPlace } from './store.ts';

/**
 * Takes what it can of the events, and acts upon those that say something new: a port that is gone
 * is taken out of its server, and a server's power is looked at again. The others are about what
 * is read afresh wherever it is shown.
 * @returns a code for each, in their order
 * @throws 404 when none of them could be taken
 */
export async function takeEvents(
  service: ComputeService,
  requestId: string,
  events: readonly ExternalEvent[],
): Promise<EventCode[]> {
  const ids = [...new Set(events.map(({ serverId }) => serverId))];
  const places = await placesOf(service.database.queries, ids);
  const codes = events.map((event) => codeOf(event, places.get(event.serverId)));
  if (!codes.includes(200)) throw eventErrors.noneTaken();
  const taken = events.filter((_, index) => codes[index] === 200);
  await releaseDeletedPorts(service, requestId, taken, places);
  for (const { name, serverId } of taken) {
    if (name === 'power-update') lookAtPower(service, serverId);
  }
  return codes;
}

function codeOf({ name, tag }: ExternalEvent, server: ServerPlace | undefined): EventCode {
  if (!server) return 404;
  if (eventsWithTag.has(name) && tag === undefined) return 400;
  return server.host === null ? 422 : 200;
}

async function releaseDeletedPorts(
  service: ComputeService,
  requestId: string,
  events: readonly ExternalEvent[],
  places: ReadonlyMap<string, ServerPlace>,
): Promise<void> {
  const deletions = events.filter(({ name }) => name === 'network-vif-deleted');
  if (deletions.length === 0) return;
  const serverIds = [...new Set(deletions.map(({ serverId }) => serverId))];
  const ports = await service.networks.portsOf(serverIds);
  // Told twice, it is still taken out once.
  const known = new Map(
    deletions.flatMap(({ serverId, tag }) => {
      const port = ports.get(serverId)?.find(({ id }) => id === tag);
      return port ? [[port.id, serverId] as const] : [];
    }),
  );
  if (known.size === 0) return;
  await service.operations.transaction(async (_tx, record) => {
    for (const [portId, serverId] of known) {
      await record({
        kind: 'detach-interface',
        subject: serverId,
        projectId: places.get(serverId)?.projectId ?? '',
        requestId,
        input: { portId },
      });
    }
  });
}

/** Asks the host afterwards: no request waits for it. */
function lookAtPower(service: ComputeService, serverId: string): void {
  service.settlePower(serverId).catch((error) => {
    service.log.error({ serverId, error: String(error) }, 'power not reconciled');
  });
}
