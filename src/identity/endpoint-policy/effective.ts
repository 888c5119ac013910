import { catalogErrors } from '../catalog/errors.ts';
import type { ServiceEndpoint } from '../catalog/parts.ts';
import { wholeCatalog } from '../catalog/whole.ts';
import type { IdentityContext } from '../context.ts';
import type { PolicyBlob } from '../policy-blobs/blob.ts';
import { listPolicyRows } from '../policy-blobs/store.ts';
import { isSamePlace, placesOf } from './place.ts';
import { listAssociationRows } from './store.ts';

/** Which policy text an endpoint has, the nearest first. Throws NotFound where it has none. */
export async function policyOfEndpoint(
  context: IdentityContext,
  endpoint: ServiceEndpoint,
): Promise<PolicyBlob> {
  const { queries } = context.database;
  const associations = await listAssociationRows(queries);
  for (const place of placesOf(await wholeCatalog(context), endpoint)) {
    const found = associations.find((association) => isSamePlace(association, place));
    const policies = found ? await listPolicyRows(queries) : [];
    const policy = policies.find(({ id }) => id === found?.policyId);
    if (policy) return policy;
  }
  throw catalogErrors.endpointHasNoPolicy({ id: endpoint.id });
}

/** As Keystone has it: all that an association of this policy reaches, a nearer one or not. */
export async function endpointsOfPolicy(
  context: IdentityContext,
  policy: PolicyBlob,
): Promise<ServiceEndpoint[]> {
  const catalog = await wholeCatalog(context);
  const associations = await listAssociationRows(context.database.queries);
  const own = associations.filter(({ policyId }) => policyId === policy.id);
  return catalog.endpoints.filter((endpoint) =>
    placesOf(catalog, endpoint).some((place) => own.some((one) => isSamePlace(one, place))),
  );
}
