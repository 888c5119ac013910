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
  /** Names of the roles held in the scope, implied ones included, in lower case. */
  roles: readonly string[];
  /** Identifies the token without being it; fit for logs. */
  auditId: string;
}

/** The cloud's own hand: seeding, operations and reconcilers. */
export function systemActor(projectId: string | null): Actor {
  return {
    userId: 'cumulet',
    userName: 'cumulet',
    userDomainId: 'default',
    projectId,
    projectName: null,
    projectDomainId: null,
    domainId: null,
    roles: ['admin'],
    auditId: 'system',
  };
}

/** Cloud administrator: the `admin` role in whatever scope, as in OpenStack's own defaults. */
export function isAdmin(actor: Actor): boolean {
  return actor.roles.includes('admin');
}
