import type { Queries } from '#db/database.ts';
import { listGroupIdsOfUser } from '../groups/store.ts';
import type { Project } from '../projects/project.ts';
import { listAncestors } from '../projects/store.ts';
import { type HeldRole, withImplied } from '../roles/role.ts';
import { listInferences, listRolesById } from '../roles/store.ts';
import { type Assignment, systemTargetId } from './assignment.ts';
import { listAssignmentRows } from './store.ts';

/**
 * The roles that a user has on a project or domain: given to the user or a group of theirs, there
 * or inherited from above, with all that these roles imply. By name.
 */
export async function rolesOn(db: Queries, userId: string, target: Project): Promise<HeldRole[]> {
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
  return rolesOf(db, [...direct, ...inherited], target.domainId ?? target.id);
}

/** The roles that a user has on the system, as `rolesOn` has them. */
export async function rolesOnSystem(db: Queries, userId: string): Promise<HeldRole[]> {
  const actorIds = [userId, ...(await listGroupIdsOfUser(db, userId))];
  const given = await listAssignmentRows(db, { actorIds, targetIds: [systemTargetId] });
  return rolesOf(db, given, null);
}

/** @param domainId of the place; policies that somebody wrote count in their own domain only */
async function rolesOf(
  db: Queries,
  assignments: readonly Assignment[],
  domainId: string | null,
): Promise<HeldRole[]> {
  const given = assignments.map((assignment) => assignment.roleId);
  if (given.length === 0) return [];
  const inferences = await listInferences(db);
  const roles = await listRolesById(db, withImplied(given, inferences));
  // A domain's own roles count only by what they imply: whoever names one `admin` is not one.
  const counting = roles.filter(
    (role) => role.domainId === null || (role.customPolicy && role.domainId === domainId),
  );
  return counting.map((role) => ({
    ...role,
    via: assignments.filter(({ roleId }) => withImplied([roleId], inferences).includes(role.id)),
  }));
}
