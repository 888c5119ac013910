import type { Actor } from '#policy/actor.ts';
import { refuseDelegated } from '#policy/delegation.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import type { ApplicationCredential } from './credential.ts';
import { deleteCredential } from './store.ts';

/** Its tokens end with it. Access rules stay, for the next credential. */
export function deleteApplicationCredential(
  context: IdentityContext,
  actor: Actor,
  credential: Allowed<ApplicationCredential>,
): Promise<void> {
  refuseDelegated(actor, 'application credentials');
  return changeIdentity(context, (tx) => deleteCredential(tx, credential.id));
}
