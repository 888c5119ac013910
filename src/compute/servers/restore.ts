import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { requireQuota } from './quota.ts';
import type { Server } from './server.ts';

/**
 * Takes back a deletion that was deferred. What was put aside does not count against the quota, so
 * there has to be room for it again.
 * @throws TooManyInstances (403), InstanceInvalidState (409)
 */
export function restoreServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'restore',
    recordedAs: 'restore',
    operation: { kind: 'restore-server', input: {} },
    claim: async (tx, { projectId, userId, flavor }) => {
      const { vcpus: cores, memoryMib } = flavor;
      const takes = { instances: 1, cores, memoryMib };
      await requireQuota(tx, projectId, takes, service.quota, userId);
      return {};
    },
  });
}
