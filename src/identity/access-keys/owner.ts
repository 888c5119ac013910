import { requestErrors } from '#base/errors.ts';
import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';

/** Users have their own keys in hand; those of others need the action. */
export function requireKeysOf(actor: Actor, userId: string, action: string): void {
  if (actor.userId === userId || mayPerform(actor, action)) return;
  throw requestErrors.policyRefused({ action });
}
