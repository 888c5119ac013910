import { requestErrors } from '#base/errors.ts';
import { type Actor, boundDomain } from '#policy/actor.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import type { RolePair } from '../../../roles/inferences.ts';
import { requireManaged } from '../../../roles/managed.ts';
import type { Role } from '../../../roles/role.ts';
import { findRole } from '../../../roles/store.ts';
import { seenByAnyone, seenInDomain } from '../visibility.ts';

type RoleCall = { params: { role_id: string } };
type PairCall = { actor: Actor; params: { role_id: string; implied_role_id: string } };

const absent = (call: RoleCall) => identityErrors.roleNotFound({ id: call.params.role_id });

/** Roles that hold everywhere are seen by all who may see roles, a domain's own only within it. */
function isSeen(actor: Actor, role: Role): boolean {
  return role.domainId === null || seenInDomain(actor, role);
}

/** Who reaches one domain changes no role that holds in all. */
function checkChangeable(actor: Actor, role: Role | undefined, action: string): void {
  if (role?.domainId === null && boundDomain(actor) !== null) {
    throw requestErrors.policyRefused({ action });
  }
}

/** For endpoints that require an action. */
export const anyRole = {
  find: (service: IdentityContext, call: RoleCall) =>
    findRole(service.database.queries, call.params.role_id),
  visible: isSeen,
  absent,
};

/** The same where a domain's manager sees a few only. */
export const shownRole = {
  ...anyRole,
  find: async (service: IdentityContext, call: RoleCall & { actor: Actor }) => {
    const role = await anyRole.find(service, call);
    if (role && isSeen(call.actor, role)) requireManaged(call.actor, role, 'identity:roles:get');
    return role;
  },
};

/** The same for those that change the role. */
export function changedRole(action: string) {
  return {
    ...anyRole,
    find: async (service: IdentityContext, call: RoleCall & { actor: Actor }) => {
      const role = await anyRole.find(service, call);
      checkChangeable(call.actor, role, action);
      return role;
    },
  };
}

/** Two roles, whether or not the first implies the second. */
export const anyRolePair = {
  find: async (service: IdentityContext, call: PairCall): Promise<RolePair | undefined> => {
    const { role_id: priorId, implied_role_id: impliedId } = call.params;
    const { queries } = service.database;
    const [prior, implied] = await Promise.all([
      findRole(queries, priorId),
      findRole(queries, impliedId),
    ]);
    if (!prior || !isSeen(call.actor, prior)) return undefined;
    if (!implied || !isSeen(call.actor, implied))
      throw identityErrors.roleNotFound({ id: impliedId });
    return { prior, implied };
  },
  visible: seenByAnyone,
  absent,
};

/** The same where the rule between them is changed. */
export const changedRolePair = {
  ...anyRolePair,
  find: async (service: IdentityContext, call: PairCall) => {
    const pair = await anyRolePair.find(service, call);
    checkChangeable(call.actor, pair?.prior, 'identity:roles:update');
    return pair;
  },
};
