import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { ActorKind } from '../assignments/assignment.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import type { Group } from '../groups/group.ts';
import { policyErrors } from '../policies/errors.ts';
import { checkMayGiveRole } from '../policies/may-give.ts';
import { documentOf } from '../roles/held-policies.ts';
import type { Role } from '../roles/role.ts';
import type { User } from '../users/user.ts';
import {
  deleteEnterpriseAssignment,
  type EnterpriseAssignment,
  insertEnterpriseAssignment,
} from './store.ts';

export interface EnterpriseGrant {
  actorKind: ActorKind;
  actor: User | Group;
  enterpriseProjectId: string;
  role: Role;
}

function assignmentOf({ actorKind, actor, enterpriseProjectId, role }: EnterpriseGrant) {
  const { id: actorId, domainId } = actor;
  return { actorKind, actorId, domainId, enterpriseProjectId, roleId: role.id };
}

/** Throws IAM.0077 for a role: only policies of version 1.1 are of single resources. */
export function grantOnEnterpriseProject(
  context: IdentityContext,
  actor: Actor,
  grant: Allowed<EnterpriseGrant>,
): Promise<void> {
  const { role } = grant;
  const isForeign = role.domainId !== null && role.domainId !== grant.actor.domainId;
  if (documentOf(role)?.Version !== '1.1' || isForeign) throw policyErrors.policyNeeded();
  const assignment: EnterpriseAssignment = assignmentOf(grant);
  return changeIdentity(context, async (tx) => {
    await checkMayGiveRole(tx, actor, { roleId: role.id, scope: 'project' }, context.rules());
    await insertEnterpriseAssignment(tx, assignment);
  });
}

/** Throws RoleAssignmentNotFound when it was not granted just so. */
export function revokeOnEnterpriseProject(
  context: IdentityContext,
  grant: Allowed<EnterpriseGrant>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const existed = await deleteEnterpriseAssignment(tx, assignmentOf(grant));
    if (!existed) throw identityErrors.assignmentNotFound({ id: grant.role.id });
  });
}
