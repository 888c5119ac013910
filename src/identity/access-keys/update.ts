import type { Actor } from '#policy/actor.ts';
import { refuseDelegated } from '#policy/delegation.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import type { AccessKey } from './access-key.ts';
import { findAccessKey, updateAccessKeyRow } from './store.ts';

/** Absent members stay as they are. */
export interface AccessKeyChange {
  description?: string | undefined;
  isActive?: boolean | undefined;
}

/** An inactive key opens nothing from the moment on at which this returns. */
export async function updateAccessKey(
  context: IdentityContext,
  actor: Actor,
  target: Allowed<AccessKey>,
  change: AccessKeyChange,
): Promise<AccessKey> {
  refuseDelegated(actor, 'access keys');
  return changeIdentity(context, async (tx) => {
    const before = await findAccessKey(tx, target.access);
    if (!before) throw identityErrors.accessKeyNotFound({ id: target.access });
    const key = {
      ...before,
      description: change.description ?? before.description,
      isActive: change.isActive ?? before.isActive,
    };
    await updateAccessKeyRow(tx, key.access, key);
    return key;
  });
}
