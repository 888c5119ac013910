import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { checkPassword } from '../logins/check-password.ts';
import { deleteFailures } from '../logins/store.ts';
import { recordRevocation } from '../revocations/record.ts';
import { deleteTokensOfUser } from '../tokens/store.ts';
import { rememberFormer, requireUnused } from './history.ts';
import { passwordExpiry, requireMayChoose, requireStrong } from './password-rules.ts';
import { findUser, replaceUser } from './store.ts';

export interface PasswordChange {
  original: string;
  wanted: string;
  /** Of the peer; null inside the house. */
  address: string | null;
}

/**
 * The user's own way to a new password: knowing the old one is the permission, also of one that
 * has expired. All of the user's tokens end. An unknown user is refused like a wrong password.
 * @throws AuthenticationFailed (401), what the rules of passwords say (400), LoginsLimited (429)
 */
export async function changePassword(
  context: IdentityContext,
  userId: string,
  { original, wanted, address }: PasswordChange,
): Promise<void> {
  const { security, clock } = context;
  const known = await checkPassword(context, { user: { id: userId }, password: original, address });
  requireMayChoose(security, known, clock.nowMs());
  requireStrong(security, wanted);
  await requireUnused(context, known, wanted);
  const passwordHash = await context.passwords.hash(wanted);
  await changeIdentity(context, async (tx) => {
    const user = await findUser(tx, userId);
    // Somebody else's change came first: then the original is no longer the password.
    if (!user?.isEnabled || user.passwordHash !== known.passwordHash) {
      throw identityErrors.loginRefused();
    }
    await rememberFormer(context, tx, user);
    const nowMs = clock.nowMs();
    await replaceUser(tx, {
      ...user,
      passwordHash,
      passwordChangedMs: nowMs,
      passwordExpiresMs: passwordExpiry(security, user, true, nowMs),
      passwordIsOwn: true,
    });
    await deleteFailures(tx, userId);
    await deleteTokensOfUser(tx, userId);
    await recordRevocation(context, tx, { userId });
  });
}
