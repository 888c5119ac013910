import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { findProject } from '../projects/store.ts';
import type { ShownLimit } from './limit.ts';
import { isSame } from './registered.ts';
import {
  deleteLimitRow,
  insertLimit,
  listLimitRows,
  listRegisteredRows,
  replaceLimit,
} from './store.ts';

export type NewLimit = Omit<ShownLimit, 'id' | 'registeredLimitId'>;

/**
 * All or none. Throws ValidationError for an unknown project or domain, NoLimitReference where
 * nothing is registered for the resource, and Conflict for a second limit of one owner.
 */
export function createLimits(
  context: IdentityContext,
  wanted: readonly NewLimit[],
): Promise<ShownLimit[]> {
  return changeIdentity(context, async (tx) => {
    const created: ShownLimit[] = [];
    for (const one of wanted) {
      await checkOwner(tx, one);
      const registered = (await listRegisteredRows(tx)).find((other) => isSame(other, one));
      if (!registered) throw identityErrors.limitHasNoReference();
      const others = await listLimitRows(tx, { ownerId: one.ownerId });
      if (others.some((other) => other.registeredLimitId === registered.id)) {
        throw identityErrors.limitTaken({ resource: one.resourceName });
      }
      const limit = { ...one, id: context.ids.hex(), registeredLimitId: registered.id };
      await insertLimit(tx, limit);
      created.push(limit);
    }
    return created;
  });
}

async function checkOwner(tx: Queries, { ownerId, ownerIsDomain }: NewLimit): Promise<void> {
  const owner = await findProject(tx, ownerId);
  if (owner?.isDomain === ownerIsDomain) return;
  const member = ownerIsDomain ? 'domain_id' : 'project_id';
  throw identityErrors.invalid({ reason: `Expecting to find ${member} in limit.` });
}

/** Only the number and the description of a limit change. */
export function updateLimit(
  context: IdentityContext,
  target: Allowed<ShownLimit>,
  change: { resourceLimit?: number | undefined; description?: string | null | undefined },
): Promise<ShownLimit> {
  return changeIdentity(context, async (tx) => {
    const before = (await listLimitRows(tx, {})).find(({ id }) => id === target.id);
    if (!before) throw identityErrors.limitNotFound({ id: target.id });
    const limit: ShownLimit = {
      ...before,
      resourceLimit: change.resourceLimit ?? before.resourceLimit,
      description: change.description === undefined ? before.description : change.description,
    };
    await replaceLimit(tx, limit);
    return limit;
  });
}

/** The registered default holds again. */
export function deleteLimit(context: IdentityContext, limit: Allowed<ShownLimit>): Promise<void> {
  return changeIdentity(context, (tx) => deleteLimitRow(tx, limit.id));
}
