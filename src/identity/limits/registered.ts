import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { wholeCatalog } from '../catalog/whole.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import type { RegisteredLimit } from './limit.ts';
import {
  deleteRegisteredRow,
  hasLimits,
  insertRegistered,
  listRegisteredRows,
  replaceRegistered,
} from './store.ts';

/** All or none. Throws ValidationError for an unknown service or region, and Conflict. */
export function registerLimits(
  context: IdentityContext,
  wanted: readonly Omit<RegisteredLimit, 'id'>[],
): Promise<RegisteredLimit[]> {
  return changeIdentity(context, async (tx) => {
    const created: RegisteredLimit[] = [];
    for (const one of wanted) {
      const limit = { ...one, id: context.ids.hex() };
      await check(context, tx, limit);
      await insertRegistered(tx, limit);
      created.push(limit);
    }
    return created;
  });
}

export type RegisteredChange = {
  [Member in keyof Omit<RegisteredLimit, 'id'>]?: RegisteredLimit[Member] | undefined;
};

/** Throws as `registerLimits`, and RegisteredLimitError where limits refer to what would change. */
export function updateRegistered(
  context: IdentityContext,
  target: Allowed<RegisteredLimit>,
  change: RegisteredChange,
): Promise<RegisteredLimit> {
  return changeIdentity(context, async (tx) => {
    const before = (await listRegisteredRows(tx)).find(({ id }) => id === target.id);
    if (!before) throw identityErrors.registeredLimitNotFound({ id: target.id });
    const limit: RegisteredLimit = {
      ...before,
      serviceId: change.serviceId ?? before.serviceId,
      regionId: change.regionId === undefined ? before.regionId : change.regionId,
      resourceName: change.resourceName ?? before.resourceName,
      defaultLimit: change.defaultLimit ?? before.defaultLimit,
      description: change.description === undefined ? before.description : change.description,
    };
    if (!isSame(limit, before) && (await hasLimits(tx, limit.id))) {
      throw identityErrors.registeredLimitInUse({ id: limit.id });
    }
    await check(context, tx, limit);
    await replaceRegistered(tx, limit);
    return limit;
  });
}

/** Throws RegisteredLimitError while limits refer to it. */
export function deleteRegistered(
  context: IdentityContext,
  target: Allowed<RegisteredLimit>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    if (await hasLimits(tx, target.id)) {
      throw identityErrors.registeredLimitInUse({ id: target.id });
    }
    await deleteRegisteredRow(tx, target.id);
  });
}

/** Whether both speak of the same resource in the same place. */
export function isSame(
  one: Pick<RegisteredLimit, 'serviceId' | 'regionId' | 'resourceName'>,
  other: Pick<RegisteredLimit, 'serviceId' | 'regionId' | 'resourceName'>,
): boolean {
  return (
    one.serviceId === other.serviceId &&
    one.regionId === other.regionId &&
    one.resourceName === other.resourceName
  );
}

async function check(context: IdentityContext, tx: Queries, limit: RegisteredLimit): Promise<void> {
  const { services, regions } = await wholeCatalog(context, tx);
  if (!services.some(({ id }) => id === limit.serviceId)) throw unknown('service_id');
  if (limit.regionId !== null && !regions.some(({ id }) => id === limit.regionId)) {
    throw unknown('region_id');
  }
  const taken = (await listRegisteredRows(tx)).some(
    (other) => other.id !== limit.id && isSame(other, limit),
  );
  if (taken) throw identityErrors.limitTaken({ resource: limit.resourceName });
}

function unknown(member: string): Error {
  return identityErrors.invalid({ reason: `Expecting to find ${member} in registered_limit.` });
}
