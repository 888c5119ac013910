import type { Actor } from '#policy/actor.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import type { Membership } from '../../../groups/members.ts';
import { findGroup } from '../../../groups/store.ts';
import { findUser } from '../../../users/store.ts';
import { seenInDomain } from '../visibility.ts';

type GroupCall = { params: { group_id: string } };
type MemberCall = { actor: Actor; params: { group_id: string; user_id: string } };

const absent = (call: GroupCall) => identityErrors.groupNotFound({ id: call.params.group_id });

/** For endpoints that require an action. */
export const anyGroup = {
  find: (service: IdentityContext, call: GroupCall) =>
    findGroup(service.database.queries, call.params.group_id),
  visible: seenInDomain,
  absent,
};

/** A group and a user, whether or not the user is a member. */
export const anyMembership = {
  find: async (service: IdentityContext, call: MemberCall): Promise<Membership | undefined> => {
    const { group_id: groupId, user_id: userId } = call.params;
    const { queries } = service.database;
    const [group, user] = await Promise.all([
      findGroup(queries, groupId),
      findUser(queries, userId),
    ]);
    if (!group || !seenInDomain(call.actor, group)) return undefined;
    if (!user || !seenInDomain(call.actor, user)) throw identityErrors.userNotFound({ id: userId });
    return { group, user };
  },
  visible: (actor: Actor, { group }: Membership) => seenInDomain(actor, group),
  absent,
};
