import type { CatalogEntry } from '../../../catalog/catalog.ts';

export function regionsIn(entries: readonly CatalogEntry[]): string[] {
  const names = entries.flatMap((entry) => entry.endpoints.map((endpoint) => endpoint.region));
  return [...new Set(names)].sort();
}

export function regionBody(id: string, root: string): Record<string, unknown> {
  return {
    id,
    description: '',
    parent_region_id: null,
    links: { self: `${root}/regions/${encodeURIComponent(id)}` },
  };
}
