import type { Queries } from '#db/database.ts';
import { rolesOn } from '../assignments/roles-on.ts';
import type { Project } from '../projects/project.ts';
import { findProject } from '../projects/store.ts';
import { type HeldRole, withImplied } from '../roles/role.ts';
import { listInferences } from '../roles/store.ts';
import { findUser } from '../users/store.ts';
import { findFirstTrust } from './store.ts';
import type { Trust } from './trust.ts';

export interface TrustedRoles {
  roles: HeldRole[];
  /** What the trustor has besides. */
  withheld: HeldRole[];
}

/** Both ends of a trust, and the one who gave what it gives, must be there and enabled. */
export async function areBothEnabled(db: Queries, trust: Trust): Promise<boolean> {
  const first = await findFirstTrust(db, trust);
  if (!first) return false;
  for (const id of [first.trustorUserId, trust.trustorUserId, trust.trusteeUserId]) {
    const user = await findUser(db, id);
    const domain = user?.isEnabled ? await findProject(db, user.domainId) : undefined;
    if (!domain?.isEnabled) return false;
  }
  return true;
}

/**
 * What a token of the trust has on its project: the roles given, with what they imply, as whoever
 * gave them has them now. None when one of those given was lost.
 */
export async function rolesOfTrust(
  db: Queries,
  trust: Trust,
  project: Project,
): Promise<TrustedRoles> {
  const first = await findFirstTrust(db, trust);
  const held = first ? await rolesOn(db, first.trustorUserId, project) : [];
  const given = trust.roles.map((role) => role.id);
  const has = new Set(held.map((role) => role.id));
  if (!given.every((id) => has.has(id))) return { roles: [], withheld: held };
  const wanted = new Set(withImplied(given, await listInferences(db)));
  return {
    roles: held.filter((role) => wanted.has(role.id)),
    withheld: held.filter((role) => !wanted.has(role.id)),
  };
}
