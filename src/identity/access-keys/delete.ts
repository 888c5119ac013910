import type { Actor } from '#policy/actor.ts';
import { refuseDelegated } from '#policy/delegation.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import type { AccessKey } from './access-key.ts';
import { deleteAccessKeyRow } from './store.ts';

/** The key opens nothing from the moment on at which this returns. */
export async function deleteAccessKey(
  context: IdentityContext,
  actor: Actor,
  target: Allowed<AccessKey>,
): Promise<void> {
  refuseDelegated(actor, 'access keys');
  return changeIdentity(context, (tx) => deleteAccessKeyRow(tx, target.access));
}
