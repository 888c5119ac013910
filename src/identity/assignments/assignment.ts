import type { Group } from '../groups/group.ts';
import type { Project } from '../projects/project.ts';
import type { Role } from '../roles/role.ts';
import type { User } from '../users/user.ts';

export type ActorKind = 'user' | 'group';

/** A user or a group has a role on a project or a domain. */
export interface Assignment {
  actorKind: ActorKind;
  actorId: string;
  /** A project or a domain. */
  targetId: string;
  roleId: string;
  /** Holds for the projects below the target and not for the target itself. */
  isInherited: boolean;
}

/** Those whom the path of a grant names, all of them found. */
export interface Grant {
  actorKind: ActorKind;
  actor: User | Group;
  target: Project;
  role: Role;
  isInherited: boolean;
}

export function assignmentOf(grant: Grant): Assignment {
  return {
    actorKind: grant.actorKind,
    actorId: grant.actor.id,
    targetId: grant.target.id,
    roleId: grant.role.id,
    isInherited: grant.isInherited,
  };
}
