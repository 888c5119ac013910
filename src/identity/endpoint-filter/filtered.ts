import type { Queries } from '#db/database.ts';
import type { Catalog, ServiceEndpoint } from '../catalog/parts.ts';
import { wholeCatalog } from '../catalog/whole.ts';
import type { IdentityContext } from '../context.ts';
import { isInGroup } from './group.ts';
import { listEndpointIdsOfProject, listGroupRowsOfProject } from './store.ts';

/** Those given to a project one by one and those of its groups; none where nothing was given. */
export async function endpointsOfProject(
  db: Queries,
  catalog: Catalog,
  projectId: string,
): Promise<ServiceEndpoint[]> {
  const ids = new Set(await listEndpointIdsOfProject(db, projectId));
  const groups = await listGroupRowsOfProject(db, projectId);
  if (ids.size === 0 && groups.length === 0) return [];
  return catalog.endpoints.filter(
    (endpoint) => ids.has(endpoint.id) || groups.some((group) => isInGroup(endpoint, group)),
  );
}

/**
 * The catalog as a token's holder sees it: in a project to which endpoints were given these and
 * their services only, everywhere else all of it.
 */
export async function catalogFor(
  context: IdentityContext,
  projectId: string | null,
): Promise<Catalog> {
  const catalog = await wholeCatalog(context);
  if (projectId === null) return catalog;
  const endpoints = await endpointsOfProject(context.database.queries, catalog, projectId);
  if (endpoints.length === 0) return catalog;
  const enabled = endpoints.filter(({ isEnabled }) => isEnabled);
  const offering = new Set(enabled.map(({ serviceId }) => serviceId));
  return {
    ...catalog,
    endpoints: enabled,
    services: catalog.services.filter(({ id }) => offering.has(id)),
  };
}
