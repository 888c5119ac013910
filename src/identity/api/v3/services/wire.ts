import type { CatalogEntry } from '../../../catalog/catalog.ts';

export function serviceBody(entry: CatalogEntry, root: string): Record<string, unknown> {
  return {
    id: entry.id,
    type: entry.type,
    name: entry.name,
    enabled: true,
    description: '',
    links: { self: `${root}/services/${entry.id}` },
  };
}
