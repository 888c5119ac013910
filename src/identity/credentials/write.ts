import { hash } from 'node:crypto';
import { requestErrors } from '#base/errors.ts';
import { limits } from '#base/limits.ts';
import { type Actor, reachesDomain } from '#policy/actor.ts';
import { type Allowed, mayPerform } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { decodeBase32 } from '../logins/totp.ts';
import { checkMayActAs } from '../policies/may-act-as.ts';
import { findProject } from '../projects/store.ts';
import { findUser } from '../users/store.ts';
import { type Credential, type CredentialFacts, keyPairOf } from './credential.ts';
import {
  countCredentials,
  deleteCredentialRow,
  findCredential,
  insertCredential,
  replaceCredential,
} from './store.ts';

export type NewCredential = Omit<Credential, 'id'>;

/** Users have their own; for others an administrator must act. */
export function requireOwner(actor: Actor, userId: string, action: string): void {
  if (actor.userId === userId || mayPerform(actor, action)) return;
  throw requestErrors.policyRefused({ action });
}

/**
 * @throws UserNotFound, ProjectNotFound, a 400 for a blob that its type cannot have, Conflict for
 *   EC2 keys that are there already, CredentialLimitExceeded, a refusal where the user may do what
 *   the actor may not
 */
export async function createCredential(
  context: IdentityContext,
  actor: Actor,
  wanted: NewCredential,
): Promise<CredentialFacts> {
  const credential = { ...wanted, id: idOf(context, wanted) };
  await changeIdentity(context, async (tx) => {
    const { id, userId, projectId } = credential;
    const user = await findUser(tx, userId);
    const isSeen = user && (user.id === actor.userId || reachesDomain(actor, user.domainId));
    if (!isSeen) throw identityErrors.userNotFound({ id: userId });
    await checkMayActAs(tx, actor, userId, context.rules());
    if (projectId !== null && !(await findProject(tx, projectId))) {
      throw identityErrors.projectNotFound({ id: projectId });
    }
    if (await findCredential(tx, id)) throw identityErrors.credentialTaken();
    if ((await countCredentials(tx, userId)) >= limits.credentialsPerUser) {
      throw identityErrors.credentialLimit({ most: limits.credentialsPerUser });
    }
    await insertCredential(tx, context.seals, credential);
  });
  return credential;
}

/** EC2 credentials are found by their access key, as Keystone's clients expect. */
function idOf(context: IdentityContext, { type, blob, projectId }: NewCredential): string {
  if (type === 'totp' && !decodeBase32(blob)?.length) {
    throw identityErrors.invalid({ reason: 'The blob of a totp credential must be base32.' });
  }
  if (type !== 'ec2') return context.ids.hex();
  const pair = keyPairOf(blob);
  if (!pair || projectId === null) {
    const reason = 'An ec2 credential needs a project and a JSON blob with access and secret.';
    throw identityErrors.invalid({ reason });
  }
  return hash('sha256', pair.access, 'hex');
}

/** Another secret for what there is; type, user and project stay. Throws CredentialNotFound. */
export async function changeCredential(
  context: IdentityContext,
  actor: Actor,
  credential: Allowed<CredentialFacts>,
  blob: string,
): Promise<void> {
  const { id, type, projectId, userId } = credential;
  const isSameId = type !== 'ec2' || idOf(context, { type, blob, projectId, userId }) === id;
  if (!isSameId) throw identityErrors.fixedMember({ member: 'the access key' });
  if (type === 'totp') idOf(context, { type, blob, projectId, userId });
  await changeIdentity(context, async (tx) => {
    await checkMayActAs(tx, actor, userId, context.rules());
    const isThere = await replaceCredential(tx, context.seals, id, blob);
    if (!isThere) throw identityErrors.credentialNotFound({ id });
  });
}

export function deleteCredential(
  context: IdentityContext,
  { id }: Allowed<{ id: string }>,
): Promise<void> {
  return changeIdentity(context, (tx) => deleteCredentialRow(tx, id));
}
