import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../../context.ts';
import { identityErrors } from '../../../../errors.ts';
import { loadToken } from '../../../../tokens/load.ts';
import { hashToken, type Token } from '../../../../tokens/token.ts';

/** The token that the header names. One's own, whatever its scope, or with the action any. */
export function subjectToken(action: string) {
  return {
    find: async (
      service: IdentityContext,
      call: { headers: Readonly<Record<string, string | string[] | undefined>> },
    ): Promise<Token | undefined> => {
      const subject = call.headers['x-subject-token'];
      if (typeof subject !== 'string') return undefined;
      const nowMs = service.clock.nowMs();
      return loadToken(service.database.queries, hashToken(subject), nowMs);
    },
    visible: (actor: Actor, token: Token) =>
      actor.userId === token.userId || mayPerform(actor, action),
    absent: () => identityErrors.tokenNotFound(),
  };
}
