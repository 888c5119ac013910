import type { Queries } from '#db/database.ts';
import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { insertFormerPassword, listFormerPasswords, trimFormerPasswords } from './history-store.ts';
import type { User } from './user.ts';

/** Throws PasswordRepeated when it is one of the last, the present one included. */
export async function requireUnused(
  context: IdentityContext,
  user: User,
  password: string,
): Promise<void> {
  const count = context.security.uniqueLastPasswordCount;
  if (count === 0) return;
  const former = await listFormerPasswords(context.database.queries, user.id, count - 1);
  for (const hash of [user.passwordHash, ...former]) {
    if (await context.passwords.matches(password, hash)) {
      throw identityErrors.passwordRepeated({ count });
    }
  }
}

/** Keeps the password that is being replaced, as long as it may not be chosen again. */
export async function rememberFormer(
  context: IdentityContext,
  tx: Queries,
  before: User,
): Promise<void> {
  const kept = Math.max(0, context.security.uniqueLastPasswordCount - 1);
  if (before.passwordHash !== null && kept > 0) {
    await insertFormerPassword(tx, before.id, before.passwordHash);
  }
  await trimFormerPasswords(tx, before.id, kept);
}
