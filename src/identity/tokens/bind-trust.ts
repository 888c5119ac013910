import type { Queries } from '#db/database.ts';
import { delegationErrors } from '#policy/delegation.ts';
import { identityErrors } from '../errors.ts';
import { findTrust, useTrust } from '../trusts/store.ts';
import { isPast, type Trust } from '../trusts/trust.ts';

/**
 * The trust for which its trustee asks a token, used once. Throws AuthenticationFailed where there
 * is none, it is for somebody else, past, or used up.
 */
export async function bindTrust(
  tx: Queries,
  asking: { user: { id: string }; applicationCredential?: unknown },
  trustId: string,
  nowMs: number,
): Promise<Trust> {
  if (asking.applicationCredential) throw delegationErrors.delegated({ what: 'tokens' });
  const trust = await findTrust(tx, trustId);
  if (!trust || trust.trusteeUserId !== asking.user.id || isPast(trust, nowMs)) {
    throw identityErrors.loginRefused();
  }
  if (!(await useTrust(tx, trust.id))) throw identityErrors.loginRefused();
  return trust;
}
