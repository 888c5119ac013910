import { limits } from '#base/limits.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { migrationErrors } from './errors.ts';
import { isLiveAndGoingOn, type ServerMigration } from './migration.ts';
import type { MigrationFilter, MigrationPage } from './migration-filter.ts';
import { findMigration, listMigrations as selectMigrations } from './store.ts';

/** Undefined when there is no such marker. */
export function listMigrations(
  service: Pick<ComputeService, 'database'>,
  filter: MigrationFilter,
  page: MigrationPage,
): Promise<ServerMigration[] | undefined> {
  return selectMigrations(service.database.queries, filter, page);
}

/** The live migrations of a server that go on now. */
export async function listServerMigrations(
  service: Pick<ComputeService, 'database'>,
  { id: serverId }: Allowed<Server>,
): Promise<ServerMigration[]> {
  const filter = { serverId, type: 'live-migration' };
  const page = { limit: limits.pageItems, newestFirst: true };
  const found = await listMigrations(service, filter, page);
  return (found ?? []).filter(isLiveAndGoingOn);
}

/** @throws 404 for what is not a live migration of the server that goes on now */
export async function readServerMigration(
  service: Pick<ComputeService, 'database'>,
  { id: serverId }: Allowed<Server>,
  text: string,
): Promise<ServerMigration> {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  const found = await findMigration(service.database.queries, serverId, id);
  if (!found) throw migrationErrors.notFoundForServer({ id: text, serverId });
  if (found.type !== 'live-migration') throw migrationErrors.notLive({ id, serverId });
  if (!isLiveAndGoingOn(found)) throw migrationErrors.notInProgress({ id, serverId });
  return found;
}
