import { requestErrors } from '#base/errors.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';

/** Quotas are looked at by their project and by administrators. @throws PolicyNotAuthorized */
export function requireQuotaSeen(actor: Actor, projectId: string): void {
  if (isAdmin(actor) || actor.projectId === projectId) return;
  throw requestErrors.policyRefused({ action: 'vpc:quotas:get' });
}
