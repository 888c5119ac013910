import { type Actor, isAdmin } from '#policy/actor.ts';
import type { IdentityContext } from '../../../../context.ts';
import { identityErrors } from '../../../../errors.ts';
import { isPolicyRole, type PolicyRole } from '../../../../policies/write.ts';
import { findRole } from '../../../../roles/store.ts';
import { homeDomain } from '../../../v3/home-domain.ts';

type RoleCall = { params: { role_id: string } };

/** An account's own policies are its own; another's are not there. */
export const ownPolicy = {
  find: async (service: IdentityContext, call: RoleCall): Promise<PolicyRole | undefined> => {
    const role = await findRole(service.database.queries, call.params.role_id);
    return role && isPolicyRole(role) ? role : undefined;
  },
  visible: (actor: Actor, role: PolicyRole) =>
    isAdmin(actor) || role.domainId === homeDomain(actor),
  absent: (call: RoleCall) => identityErrors.roleNotFound({ id: call.params.role_id }),
};
