import { findHost } from '#compute/hosts/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { listZones as selectZones, type Zone } from './store.ts';

export type { Zone };

/** The zones that hosts are in, with their hosts. */
export function listZones(service: ComputeService): Promise<Zone[]> {
  return selectZones(service.database.queries);
}

/** Whether servers may be asked for there: some host of it is enabled. */
export async function isZoneAvailable(
  { candidates }: Pick<ComputeService, 'candidates'>,
  db: Queries,
  zone: string,
): Promise<boolean> {
  const hosts = await candidates.facts(db);
  return hosts.some((host) => host.isEnabled && host.zone === zone);
}

/** Where requests are decided and hosts are chosen: in this process, named as its first host. */
export async function readInnerServices(
  service: ComputeService,
): Promise<{ host: string; seenMs: number }> {
  const host = service.hosts[0]?.name ?? '';
  const row = await findHost(service.database.queries, host);
  return { host, seenMs: row?.seen_ms ?? service.clock.nowMs() };
}
