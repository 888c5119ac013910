import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { deleteTokensOfUser } from '../tokens/store.ts';
import { findUser, replaceUser } from './store.ts';

/**
 * The user's own way to a new password: knowing the old one is the permission. All of the user's
 * tokens end. Throws AuthenticationFailed, for an unknown user as for a wrong password.
 */
export async function changePassword(
  context: IdentityContext,
  userId: string,
  passwords: { original: string; wanted: string },
): Promise<void> {
  const known = await findUser(context.database.queries, userId);
  const stored = known?.isEnabled ? known.passwordHash : null;
  const matches = await context.passwords.matches(passwords.original, stored);
  if (!matches) throw identityErrors.loginRefused();
  const passwordHash = await context.passwords.hash(passwords.wanted);
  await changeIdentity(context, async (tx) => {
    const user = await findUser(tx, userId);
    // Somebody else's change came first: then the original is no longer the password.
    if (user?.passwordHash !== stored) throw identityErrors.loginRefused();
    await replaceUser(tx, { ...user, passwordHash, passwordChangedMs: context.clock.nowMs() });
    await deleteTokensOfUser(tx, userId);
  });
}
