import type { ComputeService } from '#compute/service.ts';
import { findKeypair, type Keypair, listKeypairs as selectKeypairs } from './store.ts';

/**
 * A user's key pairs by name, from the one after `afterName`.
 * @returns undefined when there is no key pair of that name to go on from.
 */
export async function listKeypairs(
  service: ComputeService,
  userId: string,
  page: { limit: number; afterName: string | undefined },
): Promise<Keypair[] | undefined> {
  const db = service.database.queries;
  const { afterName } = page;
  if (afterName !== undefined && !(await findKeypair(db, userId, afterName))) return undefined;
  return selectKeypairs(db, userId, page);
}
