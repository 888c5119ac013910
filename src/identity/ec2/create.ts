import type { Actor } from '#policy/actor.ts';
import { requireWhole } from '#policy/delegation.ts';
import type { Allowed } from '#policy/engine.ts';
import type { IdentityContext } from '../context.ts';
import type { CredentialFacts } from '../credentials/credential.ts';
import { createCredential } from '../credentials/write.ts';
import type { User } from '../users/user.ts';

export interface NewEc2Credential {
  credential: CredentialFacts;
  access: string;
  secret: string;
}

/** A pair of keys for one project, which has all that its user has there. */
export async function createEc2Credential(
  context: IdentityContext,
  actor: Actor,
  user: Allowed<User>,
  projectId: string,
): Promise<NewEc2Credential> {
  requireWhole(actor, 'credentials');
  const pair = { access: context.ids.hex(), secret: context.ids.hex() };
  const blob = JSON.stringify(pair);
  const wanted = { userId: user.id, projectId, type: 'ec2', blob };
  return { credential: await createCredential(context, actor, wanted), ...pair };
}
