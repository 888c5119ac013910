import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';
import { snapshotOf } from './snapshot.ts';

/**
 * Ends the guest and keeps its disk as an image. Where servers are offloaded at once, nothing of it
 * is left on its host, and its place there is free.
 */
export function shelveServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  const imageId = service.ids.uuid();
  return actOnServer(service, asked, server, {
    action: 'shelve',
    recordedAs: 'shelve',
    operation: {
      kind: 'shelve-server',
      input: { imageId, offload: service.shelvedOffloadMs === 0 },
    },
    claim: async (tx, current) => {
      const name = `${current.name}-shelved`;
      await service.images.recordSnapshot(tx, snapshotOf(current, { id: imageId, name }));
      return { shelved_image_id: imageId };
    },
  });
}

/** Takes a shelved server off its host. */
export function offloadServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'shelve-offload',
    recordedAs: 'shelveOffload',
    operation: { kind: 'shelve-offload-server', input: {} },
  });
}
