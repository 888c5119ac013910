import type { CatalogEndpoint, CatalogEntry } from '../../../catalog/catalog.ts';

/** An address of the catalog with the service it belongs to. */
export interface EndpointView extends CatalogEndpoint {
  serviceId: string;
}

export function endpointsIn(entries: readonly CatalogEntry[]): EndpointView[] {
  return entries.flatMap((entry) =>
    entry.endpoints.map((endpoint) => ({ ...endpoint, serviceId: entry.id })),
  );
}

/** Placeholders are written as Keystone's operators write them. */
export function endpointBody(view: EndpointView, root: string): Record<string, unknown> {
  return {
    id: view.id,
    service_id: view.serviceId,
    interface: view.interface,
    region: view.region,
    region_id: view.region,
    url: view.url.replaceAll('{project_id}', '$(project_id)s'),
    enabled: true,
    links: { self: `${root}/endpoints/${view.id}` },
  };
}
