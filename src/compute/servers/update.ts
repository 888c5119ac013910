import { computeErrors } from '#compute/errors.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Server } from './server.ts';
import { findServer, type ServerChange, updateServer } from './store.ts';

export interface ServerUpdate {
  name?: string;
  description?: string | null;
  hostname?: string;
  accessIpv4?: string;
  accessIpv6?: string;
  diskConfig?: 'AUTO' | 'MANUAL';
}

/** Changes what is only words about a server; the guest is not touched. */
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
  };
  return service.database.transaction(async (tx) => {
    await updateServer(tx, server.id, change, service.clock.nowMs());
    const changed = await findServer(tx, server.id);
    if (!changed) throw computeErrors.serverNotFound({ id: server.id });
    return changed;
  });
}
