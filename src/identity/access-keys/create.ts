import { limits } from '#base/limits.ts';
import { rowContext } from '#db/sealed-columns.ts';
import { type Actor, reachesDomain } from '#policy/actor.ts';
import { requireWhole } from '#policy/delegation.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { checkMayActAs } from '../policies/may-act-as.ts';
import { findUser } from '../users/store.ts';
import { type AccessKey, newKeyPair } from './access-key.ts';
import { requireKeysOf } from './owner.ts';
import { insertAccessKey, listAccessKeyRows } from './store.ts';

/**
 * Gives a user a permanent key, whose secret is known only now. Throws UserNotFound, and
 * AccessKeysExceeded when there are as many as a user may have.
 */
export async function createAccessKey(
  context: IdentityContext,
  actor: Actor,
  wanted: { userId: string; description: string },
): Promise<{ key: AccessKey; secret: string }> {
  requireKeysOf(actor, wanted.userId, 'identity:accessKeys:create');
  requireWhole(actor, 'access keys');
  const { access, secret } = newKeyPair(context.ids);
  const key: AccessKey = {
    ...wanted,
    access,
    sealedSecret: context.seals.seal(secret, rowContext('access_keys', access)),
    isActive: true,
    createdMs: context.clock.nowMs(),
    usedMs: null,
  };
  await changeIdentity(context, async (tx) => {
    const user = await findUser(tx, key.userId);
    const isSeen = user && (user.id === actor.userId || reachesDomain(actor, user.domainId));
    if (!isSeen) throw identityErrors.userNotFound({ id: key.userId });
    await checkMayActAs(tx, actor, user.id, context.rules());
    const present = await listAccessKeyRows(tx, user.id);
    if (present.length >= limits.accessKeysPerUser) throw identityErrors.accessKeysExceeded();
    await insertAccessKey(tx, key);
  });
  return { key, secret };
}
