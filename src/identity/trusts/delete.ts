import type { Actor } from '#policy/actor.ts';
import { refuseDelegated } from '#policy/delegation.ts';
import { type Allowed, mayPerform } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { recordRevocation } from '../revocations/record.ts';
import { deleteTrustRow } from './store.ts';
import type { Trust } from './trust.ts';

/** Its tokens end, and the trusts that passed it on. The trustor's to do, or an administrator's. */
export function deleteTrust(
  context: IdentityContext,
  actor: Actor,
  trust: Allowed<Trust>,
): Promise<void> {
  refuseDelegated(actor, 'trusts');
  const isOwn = actor.userId === trust.trustorUserId;
  if (!isOwn && !mayPerform(actor, 'identity:trusts:delete')) throw identityErrors.notOneself();
  return changeIdentity(context, async (tx) => {
    await deleteTrustRow(tx, trust.id);
    await recordRevocation(context, tx, { trustId: trust.id });
  });
}
