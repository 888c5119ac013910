import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import { findRule } from '../../../../access-rules/store.ts';
import type { OwnedAccessRule } from '../../../../application-credentials/credential.ts';
import type { IdentityContext } from '../../../../context.ts';
import { identityErrors } from '../../../../errors.ts';
import { ofReachable } from '../../../../users/reachable.ts';

type RuleCall = { actor: Actor; params: { user_id: string; access_rule_id: string } };

/** A rule of the user whom the path names: one's own, or with the action anybody's. */
export function accessRule(action: string) {
  return {
    find: async (
      service: IdentityContext,
      call: RuleCall,
    ): Promise<OwnedAccessRule | undefined> => {
      const rule = await findRule(service.database.queries, call.params.access_rule_id);
      if (rule?.userId !== call.params.user_id) return undefined;
      return ofReachable(service, call.actor, rule);
    },
    visible: (actor: Actor, rule: OwnedAccessRule) =>
      actor.userId === rule.userId || mayPerform(actor, action),
    absent: (call: RuleCall) =>
      identityErrors.accessRuleNotFound({ id: call.params.access_rule_id }),
  };
}
