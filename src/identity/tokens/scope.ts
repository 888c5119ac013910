import type { Queries } from '#db/database.ts';
import { rolesOn } from '../assignments/roles-on.ts';
import { identityErrors } from '../errors.ts';
import type { Project } from '../projects/project.ts';
import { findProject, findProjectByName } from '../projects/store.ts';
import type { User } from '../users/user.ts';
import { findNamedDomain, type NamedDomain } from './named-user.ts';

/** What a login asks for. `default`: the user's own project, if it can be had, else nothing. */
export type ScopeRequest =
  | { kind: 'default' }
  | { kind: 'none' }
  | { kind: 'system' }
  /** What a trust gives; `bindTrust` looks after it. */
  | { kind: 'trust'; id: string }
  | { kind: 'domain'; domain: NamedDomain }
  | {
      kind: 'project';
      id?: string | undefined;
      name?: string | undefined;
      domain?: NamedDomain | undefined;
    };

export interface Scope {
  projectId: string | null;
  domainId: string | null;
  isSystem: boolean;
}

const noScope: Scope = { projectId: null, domainId: null, isSystem: false };

/** Throws AuthenticationFailed for a scope that does not exist; roles are not looked at here. */
export async function findScope(
  db: Queries,
  user: User,
  asked: Exclude<ScopeRequest, { kind: 'trust' }>,
): Promise<Scope> {
  if (asked.kind === 'none') return noScope;
  if (asked.kind === 'system') return { ...noScope, isSystem: true };
  if (asked.kind === 'default') return defaultScope(db, user);
  if (asked.kind === 'domain') {
    const domain = await findNamedDomain(db, asked.domain);
    if (!domain) throw identityErrors.loginRefused();
    return { ...noScope, domainId: domain.id };
  }
  const project = await findNamedProject(db, user, asked);
  if (!project) throw identityErrors.loginRefused();
  return { ...noScope, projectId: project.id };
}

async function findNamedProject(
  db: Queries,
  user: User,
  asked: ScopeRequest & { kind: 'project' },
): Promise<Project | undefined> {
  if (asked.id !== undefined) {
    const found = await findProject(db, asked.id);
    return found && !found.isDomain ? found : undefined;
  }
  if (asked.name === undefined) return undefined;
  // A name without domain is one of the user's own domain, as Huawei's clients mean it.
  const domain = asked.domain ? await findNamedDomain(db, asked.domain) : undefined;
  if (asked.domain && !domain) return undefined;
  return findProjectByName(db, domain?.id ?? user.domainId, asked.name);
}

/** A default that can not be had is no reason to refuse a login. */
async function defaultScope(db: Queries, user: User): Promise<Scope> {
  if (user.defaultProjectId === null) return noScope;
  const project = await findProject(db, user.defaultProjectId);
  if (!project?.isEnabled || project.domainId === null) return noScope;
  const domain = await findProject(db, project.domainId);
  if (!domain?.isEnabled) return noScope;
  const roles = await rolesOn(db, user.id, project);
  return roles.length === 0 ? noScope : { ...noScope, projectId: project.id };
}
