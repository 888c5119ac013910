import { type Actor, isAdmin, reachesDomain } from '#policy/actor.ts';
import type { IdentityContext } from '../../../context.ts';
import type { EnterpriseGrant } from '../../../enterprise-projects/grant.ts';
import { identityErrors } from '../../../errors.ts';
import { findGroup } from '../../../groups/store.ts';
import { findRole } from '../../../roles/store.ts';
import { findUser } from '../../../users/store.ts';
import { homeDomain } from '../../v3/home-domain.ts';

export type Holders = 'users' | 'groups';

/** Who would have which policy on which enterprise project, whether or not it was granted. */
export function grantTarget(holders: Holders) {
  return {
    find: async (
      service: IdentityContext,
      call: { actor: Actor; params: unknown },
    ): Promise<EnterpriseGrant | undefined> => {
      const params = call.params as Record<string, string>;
      const { queries } = service.database;
      const isUser = holders === 'users';
      const holderId = (isUser ? params.user_id : params.group_id) ?? '';
      const find = isUser ? findUser : findGroup;
      const role = await findRole(queries, params.role_id ?? '');
      const actor = await find(queries, holderId);
      const enterpriseProjectId = params.enterprise_project_id ?? '';
      const isForeign = role?.domainId && !reachesDomain(call.actor, role.domainId);
      if (!role || isForeign || !actor || !/^[\w-]{1,64}$/.test(enterpriseProjectId))
        return undefined;
      return { actorKind: isUser ? 'user' : 'group', actor, enterpriseProjectId, role };
    },
    visible: (actor: Actor, grant: EnterpriseGrant) =>
      isAdmin(actor) || grant.actor.domainId === homeDomain(actor),
    absent: (call: { params: unknown }) =>
      identityErrors.assignmentNotFound({
        id: (call.params as Record<string, string>).role_id ?? '',
      }),
  };
}
