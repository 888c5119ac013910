import { limits } from '#base/limits.ts';
import { type Actor, reachesDomain } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../../context.ts';
import { identityErrors } from '../../../../errors.ts';
import { loadToken } from '../../../../tokens/load.ts';
import { hashToken, type Token } from '../../../../tokens/token.ts';

interface SubjectCall {
  actor: Actor;
  query: unknown;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * The token that the header names. One's own, whatever its scope, or with the action any: also one
 * that expired lately, for those who say `allow_expired`.
 */
export function subjectToken(action: string) {
  return {
    find: async (service: IdentityContext, call: SubjectCall): Promise<Token | undefined> => {
      const subject = call.headers['x-subject-token'];
      if (typeof subject !== 'string') return undefined;
      const showsExpired = asksForExpired(call.query) && mayPerform(call.actor, action);
      const sinceMs = showsExpired ? limits.expiredTokensShownMs : 0;
      const nowMs = service.clock.nowMs() - sinceMs;
      return loadToken(service.database.queries, hashToken(subject), nowMs);
    },
    visible: (actor: Actor, token: Token) =>
      actor.userId === token.userId ||
      (mayPerform(actor, action) && reachesDomain(actor, token.user.domainId)),
    absent: () => identityErrors.tokenNotFound(),
  };
}

/** Keystone takes any value for a yes that is none of its words for no. */
function asksForExpired(query: unknown): boolean {
  const { allow_expired: value } = query as { allow_expired?: unknown };
  return value !== undefined && !['0', 'false', 'no', 'off'].includes(String(value).toLowerCase());
}
