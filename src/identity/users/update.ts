import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { type JsonObject, mergeMembers } from '../extras.ts';
import { deleteTokensOfUser } from '../tokens/store.ts';
import { findUser, findUserByName, replaceUser } from './store.ts';
import type { User } from './user.ts';

/** Absent members stay as they are. */
export interface UserChange {
  name?: string | undefined;
  /** Null takes the password away. */
  password?: string | null | undefined;
  isEnabled?: boolean | undefined;
  defaultProjectId?: string | null | undefined;
  options: JsonObject;
  extra: JsonObject;
}

/** Disabling a user or giving a new password ends all of the user's tokens. Throws Conflict. */
export async function updateUser(
  context: IdentityContext,
  target: Allowed<User>,
  change: UserChange,
): Promise<User> {
  const { password } = change;
  const passwordHash = typeof password === 'string' ? await context.passwords.hash(password) : null;
  return changeIdentity(context, async (tx) => {
    const before = await findUser(tx, target.id);
    if (!before) throw identityErrors.userNotFound({ id: target.id });
    const user = changed(before, change);
    if (password !== undefined) {
      user.passwordHash = passwordHash;
      user.passwordChangedMs = context.clock.nowMs();
    }
    if (user.name !== before.name && (await findUserByName(tx, user.domainId, user.name))) {
      throw identityErrors.nameTaken({ noun: 'user', ...user });
    }
    await replaceUser(tx, user);
    if (!user.isEnabled || password !== undefined) await deleteTokensOfUser(tx, user.id);
    return user;
  });
}

function changed(before: User, change: UserChange): User {
  return {
    ...before,
    name: change.name ?? before.name,
    isEnabled: change.isEnabled ?? before.isEnabled,
    defaultProjectId:
      change.defaultProjectId === undefined ? before.defaultProjectId : change.defaultProjectId,
    options: mergeMembers(before.options, change.options),
    extra: mergeMembers(before.extra, change.extra),
  };
}
