import type { Actor } from '#policy/actor.ts';
import { refuseDelegated } from '#policy/delegation.ts';
import type { Allowed } from '#policy/engine.ts';
import type { OwnedAccessRule } from '../application-credentials/credential.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { deleteRuleRow, isRuleInUse } from './store.ts';

/** Throws AccessRuleInUse: a credential must not change behind the back of its owner. */
export function deleteAccessRule(
  context: IdentityContext,
  actor: Actor,
  rule: Allowed<OwnedAccessRule>,
): Promise<void> {
  refuseDelegated(actor, 'access rules');
  return changeIdentity(context, async (tx) => {
    if (await isRuleInUse(tx, rule.id)) throw identityErrors.accessRuleInUse({ id: rule.id });
    await deleteRuleRow(tx, rule.id);
  });
}
