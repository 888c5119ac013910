import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { deleteEndpointsOfProjects } from '../endpoint-filter/store.ts';
import { deleteAssociationsOf } from '../endpoint-policy/store.ts';
import { identityErrors } from '../errors.ts';
import { type JsonObject, mergeMembers } from '../extras.ts';
import { knownPlaceholders, placeholdersIn } from './addresses.ts';
import type { ServiceEndpoint } from './parts.ts';
import { deleteEndpointRow, insertEndpoint, insertRegion, replaceEndpoint } from './store.ts';
import { wholeCatalog } from './whole.ts';

export interface NewEndpoint extends Omit<ServiceEndpoint, 'id' | 'isBuiltIn'> {
  /** The old way to name the region, which makes it if need be. */
  makesRegion: boolean;
}

/** Throws ValidationError for an unknown service or region, and for placeholders nobody fills. */
export function createEndpoint(
  context: IdentityContext,
  { makesRegion, ...wanted }: NewEndpoint,
): Promise<ServiceEndpoint> {
  return changeIdentity(context, async (tx) => {
    const endpoint = { ...wanted, id: context.ids.hex(), isBuiltIn: false };
    if (makesRegion) await makeRegion(context, tx, endpoint.regionId);
    await checkReferences(context, tx, endpoint);
    await insertEndpoint(tx, endpoint);
    return endpoint;
  });
}

export interface EndpointChange {
  serviceId?: string | undefined;
  regionId?: string | null | undefined;
  interface?: string | undefined;
  url?: string | undefined;
  isEnabled?: boolean | undefined;
  extra: JsonObject;
  makesRegion: boolean;
}

/** Throws CatalogBuiltIn, and as `createEndpoint`. */
export function updateEndpoint(
  context: IdentityContext,
  target: Allowed<ServiceEndpoint>,
  change: EndpointChange,
): Promise<ServiceEndpoint> {
  return changeIdentity(context, async (tx) => {
    const { endpoints } = await wholeCatalog(context, tx);
    const before = endpoints.find(({ id }) => id === target.id);
    if (!before) throw identityErrors.endpointNotFound({ id: target.id });
    refuseBuiltIn(before);
    const endpoint: ServiceEndpoint = {
      ...before,
      serviceId: change.serviceId ?? before.serviceId,
      regionId: change.regionId === undefined ? before.regionId : change.regionId,
      interface: change.interface ?? before.interface,
      url: change.url ?? before.url,
      isEnabled: change.isEnabled ?? before.isEnabled,
      extra: mergeMembers(before.extra, change.extra),
    };
    if (change.makesRegion) await makeRegion(context, tx, endpoint.regionId);
    await checkReferences(context, tx, endpoint);
    await replaceEndpoint(tx, endpoint);
    return endpoint;
  });
}

/** Throws CatalogBuiltIn. */
export function deleteEndpoint(
  context: IdentityContext,
  endpoint: Allowed<ServiceEndpoint>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    refuseBuiltIn(endpoint);
    await deleteEndpointsOfProjects(tx, [endpoint.id]);
    await deleteAssociationsOf(tx, 'endpoint_id', [endpoint.id]);
    await deleteEndpointRow(tx, endpoint.id);
  });
}

async function makeRegion(context: IdentityContext, tx: Queries, id: string | null): Promise<void> {
  const { regions } = await wholeCatalog(context, tx);
  if (id === null || regions.some((region) => region.id === id)) return;
  await insertRegion(tx, { id, parentId: null, description: '', extra: {}, isBuiltIn: false });
}

async function checkReferences(
  context: IdentityContext,
  tx: Queries,
  endpoint: ServiceEndpoint,
): Promise<void> {
  const { regions, services } = await wholeCatalog(context, tx);
  const { serviceId, regionId, url } = endpoint;
  if (!services.some(({ id }) => id === serviceId)) throw unknown('service_id', 'service');
  if (regionId !== null && !regions.some(({ id }) => id === regionId)) {
    throw unknown('region_id', 'region');
  }
  const strange = placeholdersIn(url).find((name) => !knownPlaceholders.includes(name));
  if (strange !== undefined) {
    throw identityErrors.invalid({
      reason: `Invalid placeholder ${strange} in the endpoint's URL.`,
    });
  }
}

function unknown(member: string, noun: string): Error {
  const reason = `Expecting to find endpoint ${member} in the ${noun} table.`;
  return identityErrors.invalid({ reason });
}

function refuseBuiltIn(endpoint: ServiceEndpoint): void {
  if (endpoint.isBuiltIn)
    throw identityErrors.catalogBuiltIn({ noun: 'endpoint', id: endpoint.id });
}
