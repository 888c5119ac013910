import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../../context.ts';
import { identityErrors } from '../../../../errors.ts';
import { findTrust } from '../../../../trusts/store.ts';
import { isOver, type Trust } from '../../../../trusts/trust.ts';
import { ofReachable } from '../../../../users/reachable.ts';

type TrustCall = { actor: Actor; params: { trust_id: string } };

/** A trust that still gives something: for both its ends, or with the action for anybody. */
export function trustOr(action: string) {
  return {
    find: async (service: IdentityContext, call: TrustCall): Promise<Trust | undefined> => {
      const trust = await findTrust(service.database.queries, call.params.trust_id);
      if (!trust || isOver(trust, service.clock.nowMs())) return undefined;
      if (trust.trusteeUserId === call.actor.userId) return trust;
      const trustor = { ...trust, userId: trust.trustorUserId };
      return (await ofReachable(service, call.actor, trustor)) && trust;
    },
    visible: (actor: Actor, trust: Trust) =>
      [trust.trustorUserId, trust.trusteeUserId].includes(actor.userId) ||
      mayPerform(actor, action),
    absent: (call: TrustCall) => identityErrors.trustNotFound({ id: call.params.trust_id }),
  };
}
