import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import type { Server } from './server.ts';
import {
  findServer,
  type ServerFilter,
  type ServerPage,
  listServers as selectServers,
} from './store.ts';

export type { ServerFilter, ServerSortKey } from './store.ts';

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
    const marker = await findServer(db, page.marker);
    if (!marker || !visibleToOwner(actor, marker)) return undefined;
  }
  return selectServers(db, filter, page);
}
