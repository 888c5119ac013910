import type { Queries } from '#db/database.ts';
import { listGroupIdsOfUser } from '../groups/store.ts';
import type { HeldRole } from '../roles/role.ts';
import { listRolesById } from '../roles/store.ts';
import { listEnterpriseAssignments } from './store.ts';

/**
 * The policies that a user has on enterprise projects of an account, each for one of them. They
 * count only for calls that honour such grants, and are no roles in any other sense.
 */
export async function enterpriseRolesOf(
  db: Queries,
  userId: string,
  domainId: string,
): Promise<HeldRole[]> {
  const actorIds = [userId, ...(await listGroupIdsOfUser(db, userId))];
  const assignments = await listEnterpriseAssignments(db, { domainId, actorIds });
  if (assignments.length === 0) return [];
  const roles = await listRolesById(db, [...new Set(assignments.map(({ roleId }) => roleId))]);
  return assignments.flatMap((assignment) => {
    const role = roles.find(({ id }) => id === assignment.roleId);
    if (!role) return [];
    const { actorKind, actorId, enterpriseProjectId } = assignment;
    const source = { actorKind, actorId, targetId: enterpriseProjectId, isInherited: false };
    return [{ ...role, enterpriseProjectId, via: [{ ...source, roleId: role.id }] }];
  });
}
