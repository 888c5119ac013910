import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';

export interface CacheImageInput {
  hosts: readonly string[];
}

/** Nobody waits for it: a host that cannot fetch it now does so when a server needs it. */
export const cacheImage: OperationKind<ComputeService, CacheImageInput> = {
  kind: 'cache-image',
  deadlineMs: limits.moveDeadlineMs,
  steps: [{ name: 'fetch', run: fetchToHosts }],
  failed: async ({ log }, { subject: imageId }, error) => {
    log.warn({ imageId, error: error.message }, 'an image is not at hand on all hosts');
  },
};

/** One after another: servers that start meanwhile have the way to the images to themselves. */
async function fetchToHosts(
  service: ComputeService,
  { subject: imageId, input, signal }: StepContext<CacheImageInput>,
): Promise<void> {
  const { agent, log } = service;
  for (const host of input.hosts) {
    signal.throwIfAborted();
    try {
      await agent.on(host).cacheImage(imageId);
    } catch (error) {
      log.warn({ host, imageId, error: String(error) }, 'a host has not fetched an image');
    }
  }
}
