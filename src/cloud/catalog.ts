import { regionName as region } from '#base/region.ts';
import type { CatalogEntry } from '#identity/service.ts';

/** The services as clients find them, `{project_id}` standing for the token's project. */
export function catalogOf(origin: string): CatalogEntry[] {
  const entry = (id: string, type: string, name: string, path: string): CatalogEntry => ({
    id,
    type,
    name,
    endpoints: [
      { id: `${id}-public`, interface: 'public', region, url: origin + path },
      { id: `${id}-internal`, interface: 'internal', region, url: origin + path },
      { id: `${id}-admin`, interface: 'admin', region, url: origin + path },
    ],
  });
  return [
    entry('cumulet-compute', 'compute', 'nova', '/v2.1/{project_id}'),
    entry('cumulet-compute-legacy', 'compute_legacy', 'nova_legacy', '/v2/{project_id}'),
    entry('cumulet-identity', 'identity', 'keystone', '/identity'),
    entry('cumulet-image', 'image', 'glance', '/image'),
    entry('cumulet-network', 'network', 'neutron', '/network'),
  ];
}
