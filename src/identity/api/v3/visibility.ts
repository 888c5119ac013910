import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';

/**
 * For targets of endpoints that require an action: whoever has it sees every such resource, as
 * these belong to no project.
 */
export const seenByAnyone = () => true;

/** Users see themselves; others need the action. */
export function seenBySelfOr(action: string) {
  return (actor: Actor, user: { id: string }) =>
    actor.userId === user.id || mayPerform(actor, action);
}
