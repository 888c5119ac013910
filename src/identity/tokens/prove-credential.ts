import type { Queries } from '#db/database.ts';
import type { ApplicationCredential } from '../application-credentials/credential.ts';
import { isExpired } from '../application-credentials/delegated-roles.ts';
import { findCredential, listCredentialsOfUser } from '../application-credentials/store.ts';
import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { findUser } from '../users/store.ts';
import type { User } from '../users/user.ts';
import { findNamedUser, type NamedUser } from './named-user.ts';

/** An application credential as a login names it: by id, or by its name and its user. */
export interface CredentialProof {
  id?: string | undefined;
  name?: string | undefined;
  user?: NamedUser | undefined;
  secret: string;
}

/**
 * Throws AuthenticationFailed, after the same work whatever was wrong, and LoginsLimited.
 * @param address of the peer; null inside the house
 */
export async function proveByCredential(
  context: IdentityContext,
  proof: CredentialProof,
  address: string | null,
): Promise<{ user: User; credential: ApplicationCredential }> {
  const name = JSON.stringify([proof.id, proof.name, proof.user]);
  context.throttle.require(name, address);
  const { queries } = context.database;
  const credential = await findNamed(queries, proof);
  const user = credential && (await findUser(queries, credential.userId));
  const matches = await context.passwords.matches(proof.secret, credential?.secretHash ?? null);
  if (!user || !matches || isExpired(credential, context.clock.nowMs())) {
    context.throttle.failed(name, address);
    throw Object.assign(identityErrors.loginRefused(), { aboutUserId: user?.id });
  }
  return { user, credential };
}

async function findNamed(
  db: Queries,
  proof: CredentialProof,
): Promise<ApplicationCredential | undefined> {
  if (proof.id !== undefined) return findCredential(db, proof.id);
  if (proof.name === undefined || proof.user === undefined) {
    throw identityErrors.invalid({
      reason: 'Expecting to find id, or name and user, in application_credential.',
    });
  }
  const user = await findNamedUser(db, proof.user);
  const found = user ? await listCredentialsOfUser(db, user.id, proof.name) : [];
  return found[0];
}
