import type { Catalog } from './parts.ts';

/** Whose token it is: both may stand in addresses. */
export interface CatalogReader {
  projectId: string | null;
  userId: string;
}

export interface OfferedService {
  id: string;
  type: string;
  name: string;
  endpoints: { id: string; interface: string; regionId: string | null; url: string }[];
}

const placeholder = /[$%]\((\w+)\)s/g;

/** The names that an address may hold. */
export function placeholdersIn(url: string): string[] {
  return [...url.matchAll(placeholder)].map(([, name = '']) => name);
}

export const knownPlaceholders: readonly string[] = ['project_id', 'tenant_id', 'user_id'];

/**
 * The enabled services with their enabled addresses for one token: where it has no project,
 * addresses that need one are left out.
 */
export function offeredTo(catalog: Catalog, reader: CatalogReader): OfferedService[] {
  const values: Record<string, string | null> = {
    project_id: reader.projectId,
    tenant_id: reader.projectId,
    user_id: reader.userId,
  };
  const canBeFilled = (url: string) =>
    placeholdersIn(url).every((name) => (values[name] ?? null) !== null);
  return catalog.services
    .filter((service) => service.isEnabled)
    .map(({ id, type, name }) => ({
      id,
      type,
      name,
      endpoints: catalog.endpoints
        .filter((one) => one.serviceId === id && one.isEnabled && canBeFilled(one.url))
        .map((one) => ({
          id: one.id,
          interface: one.interface,
          regionId: one.regionId,
          url: one.url.replaceAll(placeholder, (_, name: string) => values[name] ?? ''),
        })),
    }));
}
