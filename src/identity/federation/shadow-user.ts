import type { Queries } from '#db/database.ts';
import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { startOfDay } from '../users/activity.ts';
import { findUser, findUserByName, insertUser } from '../users/store.ts';
import type { User } from '../users/user.ts';
import { type FederatedName, findFederatedUserId, insertFederatedUser } from './users-store.ts';

/** Whoever comes by federation is a user here too, without a password; made at the first login. */
export async function shadowUser(
  context: IdentityContext,
  tx: Queries,
  federated: FederatedName,
  name: string,
  domainId: string,
): Promise<{ user: User; isNew: boolean }> {
  const knownId = await findFederatedUserId(tx, federated);
  if (knownId !== undefined) {
    const known = await findUser(tx, knownId);
    if (!known) throw identityErrors.loginRefused();
    return { user: known, isNew: false };
  }
  const id = context.ids.hex();
  // A name that somebody has already stays theirs: nobody becomes a user by being called so.
  const isTaken = (await findUserByName(tx, domainId, name)) !== undefined;
  const user: User = {
    id,
    domainId,
    name: isTaken ? `${name}-${id.slice(0, 8)}` : name,
    isEnabled: true,
    defaultProjectId: null,
    passwordHash: null,
    passwordChangedMs: null,
    passwordExpiresMs: null,
    passwordIsOwn: false,
    lastActiveMs: startOfDay(context.clock.nowMs()),
    options: {},
    extra: {},
  };
  await insertUser(tx, user);
  await insertFederatedUser(tx, federated, id);
  return { user, isNew: true };
}
