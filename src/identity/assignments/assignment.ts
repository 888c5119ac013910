import type { ScopeKind } from '#policy/system-policies.ts';
import type { Group } from '../groups/group.ts';
import type { Project } from '../projects/project.ts';
import type { Role } from '../roles/role.ts';
import type { User } from '../users/user.ts';

export type ActorKind = 'user' | 'group';

/**
 * Stands for the whole deployment where projects and domains have their ids; none of these can be
 * this, as ids are made here and not chosen.
 */
export const systemTargetId = 'system';

/** A user or a group has a role on a project, a domain or the system. */
export interface Assignment {
  actorKind: ActorKind;
  actorId: string;
  /** A project, a domain or `systemTargetId`. */
  targetId: string;
  roleId: string;
  /** Holds for the projects below the target and not for the target itself. */
  isInherited: boolean;
}

/** The system as the target of a grant. */
export interface SystemTarget {
  id: typeof systemTargetId;
  /** It is in no domain, and no domain's own role can be had there. */
  domainId: null;
  isDomain: false;
}

export const systemTarget: SystemTarget = { id: systemTargetId, domainId: null, isDomain: false };

/** Those whom the path of a grant names, all of them found. */
export interface Grant {
  actorKind: ActorKind;
  actor: User | Group;
  target: Project | SystemTarget;
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

/** On what a role granted so is held: by inheritance on projects alone. */
export function scopeOn(target: Grant['target'], isInherited: boolean): ScopeKind {
  if (target.id === systemTargetId) return 'system';
  return target.isDomain && !isInherited ? 'domain' : 'project';
}
