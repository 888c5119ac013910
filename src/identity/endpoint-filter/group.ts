import type { ServiceEndpoint } from '../catalog/parts.ts';

/** Endpoints by what they have in common: what is added later is of the group as well. */
export interface EndpointGroup {
  id: string;
  name: string;
  description: string | null;
  filters: EndpointFilters;
}

/** Every one that is given must hold. */
export interface EndpointFilters {
  service_id?: string | undefined;
  region_id?: string | undefined;
  interface?: string | undefined;
}

export function isInGroup(endpoint: ServiceEndpoint, { filters }: EndpointGroup): boolean {
  const { service_id: serviceId, region_id: regionId, interface: face } = filters;
  return (
    (serviceId === undefined || endpoint.serviceId === serviceId) &&
    (regionId === undefined || endpoint.regionId === regionId) &&
    (face === undefined || endpoint.interface === face)
  );
}
