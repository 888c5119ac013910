import type { ComputeService } from '#compute/service.ts';
import { computeBinary, isFresh } from '#compute/services/service-row.ts';
import { listServiceRows } from '#compute/services/store.ts';
import type { Queries } from '#db/database.ts';
import { listZones as selectZones, type Zone } from './store.ts';

export type { Zone };

/** The zones that hosts are in, with their hosts. */
export function listZones(service: ComputeService): Promise<Zone[]> {
  return selectZones(service.database.queries, service.clock.nowMs());
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

/** Where requests are decided and hosts are chosen: in this process. */
export async function readInnerServices({
  clock,
  controlHost: host,
  database,
}: ComputeService): Promise<{ host: string; isUp: boolean; seenMs: number }> {
  const nowMs = clock.nowMs();
  const rows = await listServiceRows(database.queries, nowMs);
  const row = rows.find((one) => one.host === host && one.binary !== computeBinary);
  const seenMs = row?.seenMs ?? nowMs;
  return { host, isUp: isFresh(seenMs, nowMs), seenMs };
}
