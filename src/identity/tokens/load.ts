import type { Queries } from '#db/database.ts';
import { rolesOnSystem } from '../assignments/roles-on.ts';
import { enterpriseRolesOf } from '../enterprise-projects/held.ts';
import { findProject } from '../projects/store.ts';
import { findUser } from '../users/store.ts';
import { liveTrust, rolesOfToken } from './delegated.ts';
import { findStoredToken } from './store.ts';
import type { StoredToken, Token } from './token.ts';

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
  return stored && completeToken(db, stored, nowMs);
}

/** The same for what would be kept of a token. */
export async function completeToken(
  db: Queries,
  stored: StoredToken,
  nowMs: number,
): Promise<Token | undefined> {
  if (stored.expiresMs <= nowMs) return undefined;
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
    withheld: [],
    applicationCredential: null,
    trust: null,
  };
  if (stored.isSystem) {
    const roles = await rolesOnSystem(db, user.id);
    return roles.length === 0 ? undefined : { ...unscoped, roles };
  }
  const scopeId = stored.projectId ?? stored.domainId;
  const trust = await liveTrust(db, stored, nowMs);
  if (trust === undefined) return undefined;
  if (scopeId === null) return { ...unscoped, trust };
  const scope = await findProject(db, scopeId);
  if (!scope?.isEnabled) return undefined;
  const having = await rolesOfToken(db, stored, trust, scope, nowMs);
  if (!having || having.roles.length === 0) return undefined;
  if (scope.domainId === null) return { ...unscoped, ...having, domain: scope };
  const projectDomain = await findProject(db, scope.domainId);
  if (!projectDomain?.isEnabled) return undefined;
  const whole = { ...unscoped, ...having, project: scope, projectDomain };
  // What is delegated is roles, and nothing that comes beside them.
  if (whole.trust || whole.applicationCredential) return whole;
  const enterpriseRoles = await enterpriseRolesOf(db, user.id, projectDomain.id);
  return { ...whole, enterpriseRoles };
}
