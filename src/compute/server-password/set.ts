import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { findPassword, insertPassword } from './store.ts';

/**
 * Keeps what a guest says of its password, encrypted by the guest with its user's public key, so
 * that nobody else can read it.
 * @returns false when there is one already: only its user may clear it
 */
export async function setPassword(
  service: ComputeService,
  serverId: string,
  encrypted: string,
): Promise<boolean> {
  return service.database.transaction(async (tx) => {
    if (!(await findServer(tx, serverId))) return false;
    if ((await findPassword(tx, serverId)) !== undefined) return false;
    // Nothing is what is there when none was ever set.
    if (encrypted !== '') await insertPassword(tx, serverId, encrypted, service.clock.nowMs());
    return true;
  });
}
