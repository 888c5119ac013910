import { requestErrors } from '#base/errors.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { networkErrors } from '../../../errors.ts';

/** Quotas are looked at by their project and by administrators. @throws PolicyNotAuthorized */
export function requireQuotaSeen(actor: Actor, projectId: string): void {
  if (isAdmin(actor) || actor.projectId === projectId) return;
  throw requestErrors.policyRefused({ action: 'vpc:quotas:get' });
}

/** Any text, as long as it could be an id. @throws InvalidInput (400) */
export function requireProjectId(id: string): void {
  if (id.length <= 255) return;
  throw networkErrors.invalidInput({ sentence: 'The id of a project has at most 255 characters.' });
}
