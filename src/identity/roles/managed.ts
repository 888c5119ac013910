import { requestErrors } from '#base/errors.ts';
import type { Actor } from '#policy/actor.ts';
import type { Role } from './role.ts';

/** What a domain's manager sees, gives and takes, whatever else there is: Keystone's own list. */
const managedRoles: readonly (string | null)[] = ['manager', 'member', 'reader'];

/**
 * Other roles are nothing to who may do this only as a domain's manager.
 * @param role undefined: roles that are none of the list
 * @throws PolicyNotAuthorized (403)
 */
export function requireManaged(actor: Actor, role: Role | undefined, action: string): void {
  const isManaged = role !== undefined && managedRoles.includes(role.systemPolicy);
  if (isManaged || actor.rights.without('manager').allows(action)) return;
  throw requestErrors.policyRefused({ action });
}
