import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { assignmentOf, type Grant } from './assignment.ts';
import { deleteAssignment, insertAssignment, listAssignmentRows } from './store.ts';

/** Granting twice is granting once. */
export function grantRole(context: IdentityContext, grant: Allowed<Grant>): Promise<void> {
  return changeIdentity(context, (tx) => insertAssignment(tx, assignmentOf(grant)));
}

/** Throws RoleAssignmentNotFound when the role was not granted just so. */
export function revokeRole(context: IdentityContext, grant: Allowed<Grant>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const existed = await deleteAssignment(tx, assignmentOf(grant));
    if (!existed) throw identityErrors.assignmentNotFound({ id: grant.role.id });
  });
}

/** Throws RoleAssignmentNotFound when the role is not granted just so. */
export async function checkGrant(context: IdentityContext, grant: Allowed<Grant>): Promise<void> {
  const assignment = assignmentOf(grant);
  const found = await listAssignmentRows(context.database.queries, {
    actorKind: assignment.actorKind,
    actorIds: [assignment.actorId],
    targetIds: [assignment.targetId],
    roleId: assignment.roleId,
    isInherited: assignment.isInherited,
  });
  if (found.length === 0) throw identityErrors.assignmentNotFound({ id: grant.role.id });
}
