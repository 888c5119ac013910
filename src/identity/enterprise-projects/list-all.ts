import type { ActorKind } from '../assignments/assignment.ts';
import { listAssignmentRows } from '../assignments/store.ts';
import type { IdentityContext } from '../context.ts';
import { listGroupIdsOfUser } from '../groups/store.ts';
import { idsBelow } from '../projects/tree.ts';
import { listEnterpriseAssignments } from './store.ts';

/** An assignment of whatever scope, as IAM lists them together. */
export interface AccountAssignment {
  actorKind: ActorKind;
  actorId: string;
  roleId: string;
  scope: 'domain' | 'project' | 'enterprise_project';
  targetId: string;
  isInherited: boolean;
}

export interface AccountQuery {
  domainId: string;
  userId?: string | undefined;
  groupId?: string | undefined;
  /** With a user: also what they have by their groups. */
  includesGroups: boolean;
}

/** All assignments in an account. */
export async function listAccountAssignments(
  context: IdentityContext,
  { domainId, userId, groupId, includesGroups }: AccountQuery,
): Promise<AccountAssignment[]> {
  const { queries } = context.database;
  const groups =
    userId !== undefined && includesGroups ? await listGroupIdsOfUser(queries, userId) : [];
  const named = userId ?? groupId;
  const actorIds = named === undefined ? undefined : [named, ...groups];
  const targetIds = [domainId, ...(await idsBelow(queries, domainId))];
  const given = await listAssignmentRows(queries, { actorIds, targetIds });
  const enterprise = await listEnterpriseAssignments(queries, { domainId, actorIds });
  return [
    ...given.map((row) => ({
      ...row,
      scope: row.targetId === domainId ? ('domain' as const) : ('project' as const),
    })),
    ...enterprise.map(({ enterpriseProjectId, ...row }) => ({
      ...row,
      scope: 'enterprise_project' as const,
      targetId: enterpriseProjectId,
      isInherited: false,
    })),
  ];
}
