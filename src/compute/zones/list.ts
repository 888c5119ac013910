import type { ComputeService } from '#compute/service.ts';
import { listZones as selectZones, type Zone } from './store.ts';

export type { Zone };

/** The zones that hosts are in, with their hosts. */
export function listZones(service: ComputeService): Promise<Zone[]> {
  return selectZones(service.database.queries);
}
