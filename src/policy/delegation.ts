import { defineError } from '#base/errors.ts';
import type { AccessRule } from './access-rules.ts';
import type { Actor } from './actor.ts';

/** What a token that does not stand for all of its user stands for. */
export type Delegation =
  | {
      kind: 'application-credential';
      id: string;
      /** May make and delete credentials and trusts. */
      isUnrestricted: boolean;
      /** The only requests that it may make; null where any. */
      accessRules: readonly AccessRule[] | null;
    }
  | { kind: 'trust'; id: string }
  | { kind: 'ec2-credential' }
  /** A temporary access key that somebody took from a token or key that stands for all of them. */
  | { kind: 'temporary-key' };

export const delegationErrors = {
  delegated: defineError<{ what: string }>({
    code: 'ForbiddenAction',
    kind: 'forbidden',
    message: ({ what }) =>
      'You are not authorized to perform the requested action: ' +
      `a token of a delegation is not allowed to manage ${what}.`,
  }),
};

/**
 * Whoever holds part of somebody's rights for a while must not turn them into something lasting:
 * throws for every token but plain ones and those of unrestricted application credentials.
 * @param what `application credentials`
 */
export function refuseDelegated(actor: Actor, what: string): void {
  const { delegation } = actor;
  if (delegation?.kind === 'application-credential' && delegation.isUnrestricted) return;
  requireWhole(actor, what);
}

/** Throws for every delegation: what is made here would stand for all of the user. */
export function requireWhole(actor: Actor, what: string): void {
  if (actor.delegation) throw delegationErrors.delegated({ what });
}
