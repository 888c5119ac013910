import type { Allowed } from '#policy/engine.ts';
import type { IdentityContext } from '../context.ts';
import { type Credential, keyPairOf } from '../credentials/credential.ts';
import { findSecret, listCredentialsOfType } from '../credentials/store.ts';
import type { User } from '../users/user.ts';

/** An EC2 credential by its access key. */
export interface Ec2Credential {
  id: string;
  userId: string;
  projectId: string;
  access: string;
  secret: string;
}

export function ec2CredentialOf(credential: Credential): Ec2Credential | undefined {
  const { id, userId, projectId, type, blob } = credential;
  const pair = type === 'ec2' ? keyPairOf(blob) : undefined;
  if (!pair || projectId === null) return undefined;
  return { id, userId, projectId, ...pair };
}

export async function listEc2Credentials(
  context: IdentityContext,
  user: Allowed<User>,
): Promise<Ec2Credential[]> {
  const { database, seals } = context;
  const found = await listCredentialsOfType(database.queries, seals, user.id, 'ec2');
  return found.flatMap((credential) => ec2CredentialOf(credential) ?? []);
}

export async function findEc2Credential(
  context: IdentityContext,
  id: string,
): Promise<Ec2Credential | undefined> {
  const found = await findSecret(context.database.queries, context.seals, id);
  return found && ec2CredentialOf(found);
}
