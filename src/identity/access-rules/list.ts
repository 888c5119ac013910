import type { Allowed } from '#policy/engine.ts';
import type { OwnedAccessRule } from '../application-credentials/credential.ts';
import type { IdentityContext } from '../context.ts';
import type { User } from '../users/user.ts';
import { listRulesOfUser } from './store.ts';

export function listAccessRules(
  context: IdentityContext,
  user: Allowed<User>,
): Promise<OwnedAccessRule[]> {
  return listRulesOfUser(context.database.queries, user.id);
}
