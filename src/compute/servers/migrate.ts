import { findHost } from '#compute/hosts/store.ts';
import { beginMove } from '#compute/moves/begin.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { serverErrors } from './errors.ts';
import { resizeErrors } from './resize-errors.ts';
import type { Server } from './server.ts';

/**
 * Moves a server to another host while it is off, to be confirmed like a resize.
 * @param host the only one that will do; null leaves the choice to placement
 * @throws ComputeHostNotFound, CannotMigrateToSameHost, NoValidHost (400),
 *   InstanceInvalidState, InstanceIsLocked (409)
 */
export function migrateServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  host: string | null,
): Promise<void> {
  return actOnServer(service, asked, allowed, {
    action: 'migrate',
    recordedAs: 'migrate',
    isPlacing: true,
    operation: { kind: 'resize-server', input: {} },
    claim: async (tx, server) => {
      if (host !== null) {
        if (!(await findHost(tx, host))) throw serverErrors.hostNotFound({ host });
        if (host === server.host) throw resizeErrors.hostUnchanged();
      }
      const wish = { flavor: server.flavor, host, mayStay: false, disks: 'either' } as const;
      await beginMove(service, tx, asked, server, 'migration', wish);
      return {};
    },
  });
}
