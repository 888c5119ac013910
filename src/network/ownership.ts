import { requestErrors } from '#base/errors.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { networkErrors } from './errors.ts';

/**
 * The project a new resource is for: the token's, or the one an administrator names.
 * @throws PolicyNotAuthorized when another project is named by anyone else.
 */
export function projectFor(actor: Actor, asked: string | undefined, action: string): string {
  const projectId = asked ?? actor.projectId;
  if (!projectId) {
    const sentence = 'The token is scoped to no project: project_id is needed';
    throw networkErrors.badRequest({ resource: 'project', sentence });
  }
  if (projectId !== actor.projectId && !isAdmin(actor)) {
    throw requestErrors.policyRefused({ action });
  }
  return projectId;
}

/** What is seen but another's is refused, not denied to exist. @throws PolicyNotAuthorized */
export function requireOwner(actor: Actor, resource: { projectId: string }, action: string): void {
  if (isAdmin(actor) || resource.projectId === actor.projectId) return;
  throw requestErrors.policyRefused({ action });
}

/** Attributes that only administrators may set, refused one by one by name. */
export function requireAdmin(actor: Actor, action: string): void {
  if (!isAdmin(actor)) throw requestErrors.policyRefused({ action });
}
