import { limits } from '#base/limits.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeAndTell, type IdentityContext } from '../context.ts';
import { recordRevocation } from '../revocations/record.ts';
import { deleteRevocationsBefore } from '../revocations/store.ts';
import { deleteSignaturesBefore } from '../signatures/store.ts';
import { signatureAgeMs } from '../signatures/verify.ts';
import { deleteExpiredTokens, deleteToken } from './store.ts';
import type { Token } from './token.ts';

/** The token is worth nothing from now on; the others are not touched. */
export async function revokeToken(context: IdentityContext, token: Allowed<Token>): Promise<void> {
  await changeAndTell(
    context,
    ['revoked', token.hash],
    async (tx) => {
      await deleteToken(tx, token.hash);
      const [auditId = ''] = token.auditIds;
      await recordRevocation(context, tx, { auditId });
    },
    () => context.actors.forget(token.hash),
  );
}

/**
 * Expired tokens open nothing; once nobody may ask what they were, their rows only take room.
 * Signatures that are too old to be accepted need not be known.
 * @returns how many tokens there were
 */
export async function purgeExpiredTokens(context: IdentityContext): Promise<number> {
  const { queries } = context.database;
  const nowMs = context.clock.nowMs();
  await deleteRevocationsBefore(queries, nowMs - limits.tokenLifetimeMs);
  await deleteSignaturesBefore(queries, nowMs - signatureAgeMs);
  return deleteExpiredTokens(queries, nowMs - limits.expiredTokensShownMs);
}
