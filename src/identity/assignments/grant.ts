import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { dropUnsupportedCredentials } from '../application-credentials/drop-unsupported.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { listMemberIds } from '../groups/store.ts';
import { checkMayGiveRole } from '../policies/may-give.ts';
import { requireManaged } from '../roles/managed.ts';
import { withImplied } from '../roles/role.ts';
import { listInferences } from '../roles/store.ts';
import { assignmentOf, type Grant, scopeOn, systemTargetId } from './assignment.ts';
import { deleteAssignment, insertAssignment, listAssignmentRows } from './store.ts';

/**
 * Granting twice is granting once. Throws for a domain's own role that is given outside of it, and
 * for one that grants what the actor may not give.
 */
export async function grantRole(
  context: IdentityContext,
  actor: Actor,
  grant: Allowed<Grant>,
): Promise<void> {
  checkRoleFits(grant);
  await changeIdentity(context, async (tx) => {
    await checkMayChange(context, tx, actor, grant, 'create');
    await insertAssignment(tx, assignmentOf(grant));
  });
}

async function checkMayChange(
  context: IdentityContext,
  tx: Queries,
  actor: Actor,
  { role, target, isInherited }: Grant,
  operation: 'create' | 'delete',
): Promise<void> {
  const resource = target.id === systemTargetId ? 'systemAssignments' : 'roleAssignments';
  const action = `identity:${resource}:${operation}`;
  requireManaged(actor, role, action);
  const given = { roleId: role.id, scope: scopeOn(target, isInherited) };
  await checkMayGiveRole(tx, actor, given, context.rules());
}

/** As Keystone has it: on domains nothing is compared, as such a role means nothing there. */
function checkRoleFits({ role, target }: Grant): void {
  if (role.domainId === null) return;
  if (target.id === systemTargetId) throw identityErrors.domainRoleOnSystem({ id: role.id });
  if (target.isDomain || target.domainId === role.domainId) return;
  throw identityErrors.domainRoleElsewhere({ roleId: role.id, projectId: target.id });
}

/** Throws RoleAssignmentNotFound when the role was not granted just so, and as granting. */
export function revokeRole(
  context: IdentityContext,
  actor: Actor,
  grant: Allowed<Grant>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    await checkMayChange(context, tx, actor, grant, 'delete');
    const existed = await deleteAssignment(tx, assignmentOf(grant));
    if (!existed) throw identityErrors.assignmentNotFound({ id: grant.role.id });
    await dropUnsupportedCredentials(tx, {
      userIds: await usersOf(tx, grant),
      roleIds: withImplied([grant.role.id], await listInferences(tx)),
    });
  });
}

async function usersOf(tx: Queries, { actorKind, actor }: Grant): Promise<string[]> {
  if (actorKind === 'user') return [actor.id];
  return (await listMemberIds(tx, [actor.id])).get(actor.id) ?? [];
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
