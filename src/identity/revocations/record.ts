import type { Queries } from '#db/database.ts';
import type { IdentityContext } from '../context.ts';
import type { Revoked } from './revocation.ts';
import { insertRevocation } from './store.ts';

/** Within the transaction that ends these tokens. */
export function recordRevocation(
  { ids, clock }: Pick<IdentityContext, 'ids' | 'clock'>,
  tx: Queries,
  about: Revoked,
): Promise<void> {
  return insertRevocation(tx, { id: ids.hex(), revokedMs: clock.nowMs(), about });
}
