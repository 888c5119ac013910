import { computeErrors } from '#compute/errors.ts';
import { findHost } from '#compute/hosts/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { isZoneAvailable } from '#compute/zones/list.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { requireOnServer } from './described.ts';
import { serverErrors } from './errors.ts';
import type { Server } from './server.ts';
import type { ServerChange } from './store.ts';

export interface UnshelveWish {
  /** Pins the server to a zone; null frees it, undefined leaves it as it is. */
  zone?: string | null;
  host?: string;
}

/**
 * Brings a shelved server back: where it is, or from its image to whatever host has room.
 * @throws 400 for a zone or host that is none, 403 for a host that others than administrators
 *   name, 409 where a place is named for a server that has one
 */
export async function unshelveServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
  wish: UnshelveWish,
): Promise<void> {
  const { zone, host } = wish;
  if (host !== undefined) {
    await requireOnServer(service, asked.actor, server, 'ecs:servers:unshelveToHost');
  }
  await actOnServer(service, asked, server, {
    action: 'unshelve',
    recordedAs: 'unshelve',
    operation: (current) => ({
      kind: 'unshelve-server',
      input: {
        imageId: current.shelvedImageId,
        host: host ?? null,
        wasOffloaded: current.vmState === 'shelved_offloaded',
      },
    }),
    claim: async (tx, current): Promise<ServerChange> => {
      if (zone === undefined && host === undefined) return {};
      if (current.vmState !== 'shelved_offloaded') {
        throw serverErrors.unshelvedInPlace({ id: current.id, state: current.vmState });
      }
      if (typeof zone === 'string' && !(await isZoneAvailable(service, tx, zone))) {
        throw computeErrors.zoneNotFound({ zone });
      }
      const known = host === undefined ? undefined : await findHost(tx, host);
      if (host !== undefined && !known) throw serverErrors.hostNotFound({ host });
      const pinned = zone === undefined ? current.pinnedZone : zone;
      if (known && pinned !== null && known.availability_zone !== pinned) {
        throw serverErrors.hostNotInZone({ host: known.name, zone: pinned });
      }
      return { pinned_zone: pinned };
    },
  });
}
