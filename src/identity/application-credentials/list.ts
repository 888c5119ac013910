import type { Allowed } from '#policy/engine.ts';
import type { IdentityContext } from '../context.ts';
import type { User } from '../users/user.ts';
import type { ApplicationCredential } from './credential.ts';
import { listCredentialsOfUser } from './store.ts';

/** By name. */
export function listApplicationCredentials(
  context: IdentityContext,
  user: Allowed<User>,
  name: string | undefined,
): Promise<ApplicationCredential[]> {
  return listCredentialsOfUser(context.database.queries, user.id, name);
}
