import type { Queries } from '#db/database.ts';
import { rolesOn } from '../assignments/roles-on.ts';
import { findProject } from '../projects/store.ts';
import { findUser } from '../users/store.ts';
import { findStoredToken } from './store.ts';
import type { Token } from './token.ts';

/**
 * The token as it stands now. @returns undefined when it is unknown, revoked or expired, when the
 * user, the scope or a domain of theirs is disabled or gone, or no role is left in the scope.
 */
export async function loadToken(
  db: Queries,
  hash: string,
  nowMs: number,
): Promise<Token | undefined> {
  const stored = await findStoredToken(db, hash);
  if (!stored || stored.expiresMs <= nowMs) return undefined;
  const user = await findUser(db, stored.userId);
  if (!user?.isEnabled) return undefined;
  const userDomain = await findProject(db, user.domainId);
  if (!userDomain?.isEnabled) return undefined;
  const unscoped = {
    ...stored,
    user,
    userDomain,
    project: null,
    projectDomain: null,
    domain: null,
    roles: [],
  };
  const scopeId = stored.projectId ?? stored.domainId;
  if (scopeId === null) return unscoped;
  const scope = await findProject(db, scopeId);
  if (!scope?.isEnabled) return undefined;
  const roles = await rolesOn(db, user.id, scope);
  if (roles.length === 0) return undefined;
  if (scope.domainId === null) return { ...unscoped, domain: scope, roles };
  const projectDomain = await findProject(db, scope.domainId);
  if (!projectDomain?.isEnabled) return undefined;
  return { ...unscoped, project: scope, projectDomain, roles };
}
