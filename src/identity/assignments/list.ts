import type { Queries } from '#db/database.ts';
import type { IdentityContext } from '../context.ts';
import { listMemberIds } from '../groups/store.ts';
import { findProject, listAncestors, listProjectRowsOfDomain } from '../projects/store.ts';
import { idsBelow } from '../projects/tree.ts';
import { type Role, withImplied } from '../roles/role.ts';
import { listInferences, listRolesById } from '../roles/store.ts';
import type { Assignment } from './assignment.ts';
import { listAssignmentRows } from './store.ts';

/** An assignment and, where it follows from another one, what it follows from. */
export interface ListedAssignment extends Assignment {
  /** The group through which the user has it. */
  viaGroupId?: string;
  /** The role that implies this one. */
  viaRoleId?: string;
  /** Where the inherited assignment stands. */
  viaTargetId?: string;
}

export interface AssignmentQuery {
  userId?: string | undefined;
  groupId?: string | undefined;
  /** A project, a domain or the system. */
  targetId?: string | undefined;
  /** Also on the projects below the target. */
  includesSubtree?: boolean | undefined;
  roleId?: string | undefined;
  isInherited?: boolean | undefined;
  /** Only on this domain and its projects. */
  withinDomainId?: string | undefined;
  /** What users can really do: groups, inheritance and implied roles resolved. */
  isEffective: boolean;
}

export async function listAssignments(
  context: IdentityContext,
  query: AssignmentQuery,
): Promise<ListedAssignment[]> {
  const db = context.database.queries;
  const found = await findAssignments(db, query);
  const { withinDomainId } = query;
  if (withinDomainId === undefined) return found;
  const projects = await listProjectRowsOfDomain(db, withinDomainId);
  const within = new Set([withinDomainId, ...projects.map(({ id }) => id)]);
  return found.filter(({ targetId }) => within.has(targetId));
}

async function findAssignments(db: Queries, query: AssignmentQuery): Promise<ListedAssignment[]> {
  const targetIds = await askedTargets(db, query);
  if (query.isEffective) return listEffective(db, query, targetIds);
  return listAssignmentRows(db, {
    actorKind:
      query.userId !== undefined ? 'user' : query.groupId !== undefined ? 'group' : undefined,
    actorIds: idsOf(query.userId ?? query.groupId),
    targetIds,
    roleId: query.roleId,
    isInherited: query.isInherited,
  });
}

function idsOf(id: string | undefined): string[] | undefined {
  return id === undefined ? undefined : [id];
}

/** Undefined: any. */
async function askedTargets(db: Queries, query: AssignmentQuery): Promise<string[] | undefined> {
  if (query.targetId === undefined) return undefined;
  if (!query.includesSubtree) return [query.targetId];
  return [query.targetId, ...(await idsBelow(db, query.targetId))];
}

/** Each step resolves one kind of indirection; filters act on what comes out. */
async function listEffective(
  db: Queries,
  query: AssignmentQuery,
  targetIds: readonly string[] | undefined,
): Promise<ListedAssignment[]> {
  const given = await listAssignmentRows(db, {
    targetIds: await relevantTargets(db, query.targetId, targetIds),
  });
  const perUser = await resolveGroups(db, given);
  const perTarget = await resolveInheritance(db, perUser);
  const perRole = await resolveInferences(db, perTarget);
  const counting = new Set(await countingRoleIds(db, perRole));
  const seen = new Set<string>();
  return perRole.filter((assignment) => {
    if (!counting.has(assignment.roleId)) return false;
    if (query.isInherited && assignment.viaTargetId === undefined) return false;
    if (query.userId !== undefined && assignment.actorId !== query.userId) return false;
    if (targetIds && !targetIds.includes(assignment.targetId)) return false;
    if (query.roleId !== undefined && assignment.roleId !== query.roleId) return false;
    const key = `${assignment.actorId} ${assignment.targetId} ${assignment.roleId}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A domain's own role has its effect through what it implies only, unless it has a policy. */
async function countingRoleIds(db: Queries, assignments: readonly Assignment[]): Promise<string[]> {
  const ids = [...new Set(assignments.map((assignment) => assignment.roleId))];
  const roles = await listRolesById(db, ids);
  return roles.filter((role) => role.domainId === null || role.customPolicy).map((role) => role.id);
}

/** Where that may stand which is inherited to the targets asked for. */
async function relevantTargets(
  db: Queries,
  targetId: string | undefined,
  targetIds: readonly string[] | undefined,
): Promise<string[] | undefined> {
  if (targetId === undefined || targetIds === undefined) return undefined;
  const target = await findProject(db, targetId);
  if (!target) return [...targetIds];
  const above = await listAncestors(db, target);
  return [...targetIds, ...above.map((project) => project.id)];
}

async function resolveGroups(
  db: Queries,
  assignments: readonly ListedAssignment[],
): Promise<ListedAssignment[]> {
  const groupIds = assignments
    .filter((assignment) => assignment.actorKind === 'group')
    .map((assignment) => assignment.actorId);
  const members = await listMemberIds(db, [...new Set(groupIds)]);
  return assignments.flatMap((assignment) => {
    if (assignment.actorKind === 'user') return [assignment];
    return (members.get(assignment.actorId) ?? []).map((userId) => ({
      ...assignment,
      actorKind: 'user' as const,
      actorId: userId,
      viaGroupId: assignment.actorId,
    }));
  });
}

async function resolveInheritance(
  db: Queries,
  assignments: readonly ListedAssignment[],
): Promise<ListedAssignment[]> {
  const tops = new Set(assignments.filter((a) => a.isInherited).map((a) => a.targetId));
  const below = new Map<string, string[]>();
  for (const id of tops) below.set(id, await idsBelow(db, id));
  return assignments.flatMap((assignment) => {
    if (!assignment.isInherited) return [assignment];
    return (below.get(assignment.targetId) ?? []).map((projectId) => ({
      ...assignment,
      isInherited: false,
      targetId: projectId,
      viaTargetId: assignment.targetId,
    }));
  });
}

async function resolveInferences(
  db: Queries,
  assignments: readonly ListedAssignment[],
): Promise<ListedAssignment[]> {
  const inferences = await listInferences(db);
  return assignments.flatMap((assignment) =>
    withImplied([assignment.roleId], inferences).map((roleId) =>
      roleId === assignment.roleId
        ? assignment
        : { ...assignment, roleId, viaRoleId: assignment.roleId },
    ),
  );
}

/** The roles given to one user or group in one place, as they were given; by name. */
export async function listGrantedRoles(
  context: IdentityContext,
  place: Omit<Assignment, 'roleId'>,
): Promise<Role[]> {
  const db = context.database.queries;
  const assignments = await listAssignmentRows(db, {
    actorKind: place.actorKind,
    actorIds: [place.actorId],
    targetIds: [place.targetId],
    isInherited: place.isInherited,
  });
  return listRolesById(
    db,
    assignments.map((assignment) => assignment.roleId),
  );
}
