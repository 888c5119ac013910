import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import type { Server } from '../server.ts';
import { findServerEverMade } from '../store.ts';
import type { ServerFilter, ServerPage } from './server-filter.ts';
import { listServers as selectServers } from './store.ts';

/**
 * Servers from the one after `page.marker`.
 * @returns undefined when the actor sees no such server to go on from.
 */
export async function listServers(
  service: ComputeService,
  actor: Actor,
  filter: ServerFilter,
  page: ServerPage,
): Promise<Server[] | undefined> {
  const db = service.database.queries;
  if (page.marker !== undefined) {
    const marker = await findServerEverMade(db, page.marker);
    if (!marker || !visibleToOwner(actor, marker)) return undefined;
  }
  return selectServers(db, await withAddresses(service, filter), page);
}

/** Addresses are the network service's, so that their servers are looked up there. */
async function withAddresses(service: ComputeService, filter: ServerFilter): Promise<ServerFilter> {
  let { among } = filter;
  for (const { ipVersion, pattern } of filter.addresses ?? []) {
    const found = await service.networks.serversByAddress(ipVersion, pattern);
    among = among === undefined ? found : among.intersection(found);
  }
  return among === undefined ? filter : { ...filter, among };
}
