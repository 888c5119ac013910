import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { dropUnsupportedCredentials } from '../application-credentials/drop-unsupported.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { checkMayGiveAllOf } from '../policies/may-give.ts';
import type { User } from '../users/user.ts';
import type { Group } from './group.ts';
import { deleteMember, insertMember, isMember } from './store.ts';

/** A group and a user who is, or may become, a member of it. */
export interface Membership {
  group: Group;
  user: User;
}

/**
 * Adding a member twice is adding once. Throws where the group has roles that grant what the actor
 * may not give.
 */
export function addMember(
  context: IdentityContext,
  actor: Actor,
  { group, user }: Allowed<Membership>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    await checkMayGiveAllOf(tx, actor, [group.id], context.rules());
    await insertMember(tx, group.id, user.id);
  });
}

/** Throws GroupMemberNotFound. */
export function removeMember(
  context: IdentityContext,
  { group, user }: Allowed<Membership>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const existed = await deleteMember(tx, group.id, user.id);
    if (!existed) throw identityErrors.memberNotFound({ userId: user.id, groupId: group.id });
    await dropUnsupportedCredentials(tx, { userIds: [user.id] });
  });
}

/** Throws GroupMemberNotFound. */
export async function checkMember(
  context: IdentityContext,
  { group, user }: Allowed<Membership>,
): Promise<void> {
  const found = await isMember(context.database.queries, group.id, user.id);
  if (!found) throw identityErrors.memberNotFound({ userId: user.id, groupId: group.id });
}
