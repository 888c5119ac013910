import { computeErrors } from '#compute/errors.ts';
import type { ComputeService } from '#compute/service.ts';
import { isZoneAvailable } from '#compute/zones/list.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { serverErrors } from './errors.ts';
import type { Server } from './server.ts';
import { findServer, type ServerChange, updateServer } from './store.ts';

export interface ServerUpdate {
  name?: string;
  description?: string | null;
  hostname?: string;
  accessIpv4?: string;
  accessIpv6?: string;
  diskConfig?: 'AUTO' | 'MANUAL';
  /** Null: it may be moved to any zone. */
  pinnedZone?: string | null;
}

/**
 * Changes what is only words about a server; the guest is not touched.
 * @throws InvalidAvailabilityZone (400); PinnedElsewhere (409): the server is in another zone
 */
export async function changeServer(
  service: ComputeService,
  server: Allowed<Server>,
  update: ServerUpdate,
): Promise<Server> {
  const change: ServerChange = {
    ...(update.name !== undefined && { name: update.name }),
    ...(update.description !== undefined && { description: update.description }),
    ...(update.hostname !== undefined && { hostname: update.hostname }),
    ...(update.accessIpv4 !== undefined && { access_ipv4: update.accessIpv4 }),
    ...(update.accessIpv6 !== undefined && { access_ipv6: update.accessIpv6 }),
    ...(update.diskConfig !== undefined && { disk_config: update.diskConfig }),
    ...(update.pinnedZone !== undefined && { pinned_zone: update.pinnedZone }),
  };
  return service.database.transaction(async (tx) => {
    if (update.pinnedZone) await requireItsZone(service, tx, server.id, update.pinnedZone);
    await updateServer(tx, server.id, change, service.clock.nowMs());
    const changed = await findServer(tx, server.id);
    if (!changed) throw computeErrors.serverNotFound({ id: server.id });
    return changed;
  });
}

/** A server is pinned where it is; to be elsewhere it would have to move. */
async function requireItsZone(
  service: ComputeService,
  tx: Queries,
  id: string,
  zone: string,
): Promise<void> {
  if (!(await isZoneAvailable(service, tx, zone))) throw computeErrors.zoneNotFound({ zone });
  const current = (await findServer(tx, id))?.availabilityZone ?? null;
  if (current !== null && current !== zone) throw serverErrors.pinnedElsewhere({ id, zone });
}
