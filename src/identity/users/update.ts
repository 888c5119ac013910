import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { type JsonObject, mergeMembers } from '../extras.ts';
import { deleteFailures } from '../logins/store.ts';
import { checkMayActAs } from '../policies/may-act-as.ts';
import { recordRevocation } from '../revocations/record.ts';
import { deleteTokensOfUser } from '../tokens/store.ts';
import { startOfDay } from './activity.ts';
import { requireDefaultIsProject } from './default-project.ts';
import { rememberFormer } from './history.ts';
import { passwordExpiry, requireStrong } from './password-rules.ts';
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

/**
 * Disabling a user or giving a new password ends all of the user's tokens. Throws Conflict, and a
 * refusal where the user may do what the actor may not.
 */
export async function updateUser(
  context: IdentityContext,
  actor: Actor,
  target: Allowed<User>,
  change: UserChange,
): Promise<User> {
  const { password } = change;
  if (typeof password === 'string') requireStrong(context.security, password);
  const passwordHash = typeof password === 'string' ? await context.passwords.hash(password) : null;
  return changeIdentity(context, async (tx) => {
    const before = await findUser(tx, target.id);
    if (!before) throw identityErrors.userNotFound({ id: target.id });
    await checkMayActAs(tx, actor, before.id, context.rules());
    const user = changed(before, change);
    if (password !== undefined) {
      await rememberFormer(context, tx, before);
      const nowMs = context.clock.nowMs();
      user.passwordHash = passwordHash;
      user.passwordChangedMs = nowMs;
      user.passwordExpiresMs =
        passwordHash === null ? null : passwordExpiry(context.security, user, false, nowMs);
      user.passwordIsOwn = false;
    }
    if (change.isEnabled) user.lastActiveMs = startOfDay(context.clock.nowMs());
    // An administrator's word ends a lock.
    if (change.isEnabled || password !== undefined) await deleteFailures(tx, user.id);
    if (change.defaultProjectId !== undefined) {
      await requireDefaultIsProject(tx, user.defaultProjectId);
    }
    if (user.name !== before.name && (await findUserByName(tx, user.domainId, user.name))) {
      throw identityErrors.nameTaken({ noun: 'user', ...user });
    }
    await replaceUser(tx, user);
    if (!user.isEnabled || password !== undefined) {
      await deleteTokensOfUser(tx, user.id);
      await recordRevocation(context, tx, { userId: user.id });
    }
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
