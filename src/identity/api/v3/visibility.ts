import { type Actor, boundDomain, reachesDomain } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';

/**
 * For targets of endpoints that require an action, and that are in no domain: whoever has it sees
 * every such resource.
 */
export const seenByAnyone = () => true;

/** The same for what is in a domain: what lies beyond the actor's own is not there. */
export function seenInDomain(actor: Actor, resource: { domainId: string | null }): boolean {
  return reachesDomain(actor, resource.domainId);
}

/** Users see themselves; others need the action, and see no users of other domains. */
export function seenBySelfOr(action: string) {
  return (actor: Actor, user: { id: string; domainId: string }) =>
    actor.userId === user.id || (mayPerform(actor, action) && seenInDomain(actor, user));
}

/** The domain that a list is of: nobody's where another one is asked for than may be seen. */
export function listedDomain(actor: Actor, asked: string | undefined): string | undefined {
  const bound = boundDomain(actor);
  if (bound === null || asked === bound) return asked;
  return asked === undefined ? bound : '';
}
