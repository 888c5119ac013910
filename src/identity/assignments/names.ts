import type { IdentityContext } from '../context.ts';
import type { Group } from '../groups/group.ts';
import { listGroupsById } from '../groups/store.ts';
import type { Project } from '../projects/project.ts';
import { listProjectsById } from '../projects/store.ts';
import type { Role } from '../roles/role.ts';
import { listRolesById } from '../roles/store.ts';
import { listUsersById } from '../users/store.ts';
import type { User } from '../users/user.ts';
import type { Assignment } from './assignment.ts';

/** Everyone whom assignments speak of, by id. */
export interface AssignmentNames {
  actors: ReadonlyMap<string, User | Group>;
  /** Projects and domains, also the domains of all the others. */
  projects: ReadonlyMap<string, Project>;
  roles: ReadonlyMap<string, Role>;
}

/** A handful of queries, however many assignments there are. */
export async function namesOf(
  context: IdentityContext,
  assignments: readonly Assignment[],
): Promise<AssignmentNames> {
  const db = context.database.queries;
  const actorIds = distinct(assignments.map((assignment) => assignment.actorId));
  const targetIds = distinct(assignments.map((assignment) => assignment.targetId));
  const roleIds = distinct(assignments.map((assignment) => assignment.roleId));
  const actors = [...(await listUsersById(db, actorIds)), ...(await listGroupsById(db, actorIds))];
  const targets = await listProjectsById(db, targetIds);
  const roles = await listRolesById(db, roleIds);
  const domainIds = [...actors, ...targets, ...roles].flatMap((one) => one.domainId ?? []);
  const domains = await listProjectsById(db, distinct(domainIds));
  return {
    actors: byId(actors),
    projects: byId([...targets, ...domains]),
    roles: byId(roles),
  };
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
