import type { Catalog, ServiceEndpoint } from '../catalog/parts.ts';

/** An endpoint; a service; or a service in a region. What is not meant is empty. */
export interface PolicyPlace {
  endpointId: string;
  serviceId: string;
  regionId: string;
}

export function isSamePlace(a: PolicyPlace, b: PolicyPlace): boolean {
  return a.endpointId === b.endpointId && a.serviceId === b.serviceId && a.regionId === b.regionId;
}

/** Where a policy of an endpoint may stand, the nearest first: itself, regions upwards, service. */
export function placesOf(catalog: Catalog, endpoint: ServiceEndpoint): PolicyPlace[] {
  const { id, serviceId } = endpoint;
  const places: PolicyPlace[] = [{ endpointId: id, serviceId: '', regionId: '' }];
  const seen = new Set<string>();
  let { regionId } = endpoint;
  // Regions form trees; nobody shall wait for ever should one of them not.
  while (regionId !== null && !seen.has(regionId)) {
    seen.add(regionId);
    places.push({ endpointId: '', serviceId, regionId });
    const at = regionId;
    regionId = catalog.regions.find((region) => region.id === at)?.parentId ?? null;
  }
  return [...places, { endpointId: '', serviceId, regionId: '' }];
}
