import type { ComputeService } from '#compute/service.ts';
import type { ServiceRow } from './service-row.ts';
import { listServiceRows } from './store.ts';

/** Services in the order of their numbers; an empty filter means all. */
export async function listServices(
  service: Pick<ComputeService, 'database' | 'clock'>,
  filter: { host?: string | undefined; binary?: string | undefined } = {},
): Promise<ServiceRow[]> {
  const rows = await listServiceRows(service.database.queries, service.clock.nowMs());
  return rows.filter(
    (row) =>
      (!filter.host || row.host === filter.host) &&
      (!filter.binary || row.binary === filter.binary),
  );
}
