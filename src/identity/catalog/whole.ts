import type { Queries } from '#db/database.ts';
import type { IdentityContext } from '../context.ts';
import type { CatalogEntry } from './catalog.ts';
import type { Catalog } from './parts.ts';
import { listEndpointRows, listRegionRows, listServiceRows } from './store.ts';

/** What we are ourselves and what administrators added; as much as somebody typed. */
export async function wholeCatalog(
  context: IdentityContext,
  db: Queries = context.database.queries,
): Promise<Catalog> {
  const own = builtIn(context.catalog());
  return {
    regions: [...own.regions, ...(await listRegionRows(db))],
    services: [...own.services, ...(await listServiceRows(db))],
    endpoints: [...own.endpoints, ...(await listEndpointRows(db))],
  };
}

function builtIn(entries: readonly CatalogEntry[]): Catalog {
  const shared = { description: '', extra: {}, isBuiltIn: true };
  const names = entries.flatMap((entry) => entry.endpoints.map(({ region }) => region));
  return {
    regions: [...new Set(names)].sort().map((id) => ({ ...shared, id, parentId: null })),
    services: entries.map(({ id, type, name }) => ({ ...shared, id, type, name, isEnabled: true })),
    endpoints: entries.flatMap((entry) =>
      entry.endpoints.map((endpoint) => ({
        id: endpoint.id,
        serviceId: entry.id,
        regionId: endpoint.region,
        interface: endpoint.interface,
        url: endpoint.url.replaceAll('{project_id}', '$(project_id)s'),
        isEnabled: true,
        extra: {},
        isBuiltIn: true,
      })),
    ),
  };
}
