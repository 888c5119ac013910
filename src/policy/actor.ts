import type { Delegation } from './delegation.ts';
import { type HeldPolicy, Rights } from './rights.ts';
import { compileSystemPolicy, type ScopeKind, systemPolicies } from './system-policies.ts';

/** Who makes a request, as the identity service established it from the token. */
export interface Actor {
  userId: string;
  userName: string;
  userDomainId: string;
  /** The project of a project-scoped token; null for domain-scoped and unscoped ones. */
  projectId: string | null;
  projectName: string | null;
  projectDomainId: string | null;
  /** The domain of a domain-scoped token. */
  domainId: string | null;
  /** The token's scope is the deployment itself. */
  isSystem: boolean;
  /** Names of the roles held in the scope, implied ones included, in lower case. */
  roles: readonly string[];
  /** What those roles and policies let them do there. */
  rights: Rights;
  /** Identifies the token without being it; fit for logs. */
  auditId: string;
  /** Present where the token stands for less than its user: roles alone do not say all of it. */
  delegation?: Delegation | undefined;
}

const builtIn: ReadonlyMap<string, HeldPolicy> = new Map(
  systemPolicies.flatMap((policy) =>
    (['project', 'domain', 'system'] as const).map((scope): [string, HeldPolicy] => [
      `${policy.name} ${scope}`,
      { policy: compileSystemPolicy(policy, scope), via: [] },
    ]),
  ),
);

/** What these roles that come with the cloud let their holder do; others grant nothing. */
export function rightsOfRoles(roles: readonly string[], scope: ScopeKind = 'project'): Rights {
  return new Rights(roles.flatMap((role) => builtIn.get(`${role} ${scope}`) ?? []));
}

/** One who holds these built-in roles and has no name: for the cloud's own work and for tests. */
export function actorWithRoles(projectId: string | null, roles: readonly string[]): Actor {
  return {
    userId: 'cumulet',
    userName: 'cumulet',
    userDomainId: 'default',
    projectId,
    projectName: null,
    projectDomainId: null,
    domainId: null,
    isSystem: false,
    roles,
    rights: rightsOfRoles(roles),
    auditId: 'system',
  };
}

/** The cloud's own hand: seeding, operations and reconcilers. */
export function systemActor(projectId: string | null): Actor {
  return { ...actorWithRoles(projectId, ['admin']), isSystem: true };
}

/**
 * Cloud administrator: the `admin` role on a project or on the system, as in OpenStack's own
 * defaults. On a domain it is about that domain.
 */
export function isAdmin(actor: Actor): boolean {
  return actor.roles.includes('admin') && actor.domainId === null;
}

/**
 * The domain beyond which the actor sees and changes no users, groups, projects and roles: that of
 * their token, as in Keystone, or the account of their project, as in Huawei's IAM. Null: none.
 */
export function boundDomain(actor: Actor): string | null {
  if (actor.isSystem || isAdmin(actor)) return null;
  return actor.domainId ?? actor.projectDomainId ?? actor.userDomainId;
}

/** @param domainId of what is asked about */
export function reachesDomain(actor: Actor, domainId: string | null): boolean {
  const bound = boundDomain(actor);
  return bound === null || bound === domainId;
}
