import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listZones, listZonesDetail } from './list-zones.ts';

export const zoneEndpoints: readonly Endpoint<ComputeService>[] = [listZones, listZonesDetail];
