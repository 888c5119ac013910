import type { Queries } from '#db/database.ts';
import { listGroupIdsOfUser } from '../groups/store.ts';
import type { Project } from '../projects/project.ts';
import { listAncestors } from '../projects/store.ts';
import { type Role, withImplied } from '../roles/role.ts';
import { listInferences, listRolesById } from '../roles/store.ts';
import { listAssignmentRows } from './store.ts';

/**
 * The roles that a user has on a project or domain: given to the user or a group of theirs, there
 * or inherited from above, with all that these roles imply. By name.
 */
export async function rolesOn(db: Queries, userId: string, target: Project): Promise<Role[]> {
  const actorIds = [userId, ...(await listGroupIdsOfUser(db, userId))];
  const direct = await listAssignmentRows(db, {
    actorIds,
    targetIds: [target.id],
    isInherited: false,
  });
  const above = await listAncestors(db, target);
  const inherited = await listAssignmentRows(db, {
    actorIds,
    targetIds: above.map((project) => project.id),
    isInherited: true,
  });
  const given = [...direct, ...inherited].map((assignment) => assignment.roleId);
  if (given.length === 0) return [];
  const roles = await listRolesById(db, withImplied(given, await listInferences(db)));
  // A domain's own roles count only by what they imply: whoever names one `admin` is not one.
  return roles.filter((role) => role.domainId === null);
}
