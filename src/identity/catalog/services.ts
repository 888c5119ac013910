import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { deleteEndpointsOfProjects } from '../endpoint-filter/store.ts';
import { deleteAssociationsOf } from '../endpoint-policy/store.ts';
import { identityErrors } from '../errors.ts';
import { type JsonObject, mergeMembers } from '../extras.ts';
import { deleteLimitsOfService } from '../limits/store.ts';
import type { Service } from './parts.ts';
import { deleteServiceRow, insertService, replaceService } from './store.ts';
import { wholeCatalog } from './whole.ts';

/** Several services may have one type and one name, as with Keystone. */
export async function createService(
  context: IdentityContext,
  wanted: Omit<Service, 'id' | 'isBuiltIn'>,
): Promise<Service> {
  const service: Service = { ...wanted, id: context.ids.hex(), isBuiltIn: false };
  await changeIdentity(context, (tx) => insertService(tx, service));
  return service;
}

export interface ServiceChange {
  type?: string | undefined;
  name?: string | undefined;
  description?: string | undefined;
  isEnabled?: boolean | undefined;
  extra: JsonObject;
}

/** Throws CatalogBuiltIn. */
export function updateService(
  context: IdentityContext,
  target: Allowed<Service>,
  change: ServiceChange,
): Promise<Service> {
  return changeIdentity(context, async (tx) => {
    const { services } = await wholeCatalog(context, tx);
    const before = services.find(({ id }) => id === target.id);
    if (!before) throw identityErrors.serviceNotFound({ id: target.id });
    refuseBuiltIn(before);
    const service: Service = {
      ...before,
      type: change.type ?? before.type,
      name: change.name ?? before.name,
      description: change.description ?? before.description,
      isEnabled: change.isEnabled ?? before.isEnabled,
      extra: mergeMembers(before.extra, change.extra),
    };
    await replaceService(tx, service);
    return service;
  });
}

/** Its addresses and limits go too. Throws CatalogBuiltIn. */
export function deleteService(context: IdentityContext, service: Allowed<Service>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    refuseBuiltIn(service);
    const { endpoints } = await wholeCatalog(context, tx);
    const own = endpoints.filter(({ serviceId }) => serviceId === service.id);
    const ids = own.map(({ id }) => id);
    await deleteEndpointsOfProjects(tx, ids);
    await deleteAssociationsOf(tx, 'endpoint_id', ids);
    await deleteAssociationsOf(tx, 'service_id', [service.id]);
    await deleteLimitsOfService(tx, service.id);
    await deleteServiceRow(tx, service.id);
  });
}

function refuseBuiltIn(service: Service): void {
  if (service.isBuiltIn) throw identityErrors.catalogBuiltIn({ noun: 'service', id: service.id });
}
