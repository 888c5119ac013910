import { limits } from '#base/limits.ts';
import type { Queries } from '#db/database.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { requireDomain } from '../domains/require.ts';
import { identityErrors } from '../errors.ts';
import type { Project } from './project.ts';
import { findProject, findProjectByName, insertProject, listAncestors } from './store.ts';

export interface NewProject extends Omit<Project, 'id' | 'domainId' | 'isDomain'> {
  /** Undefined: the parent's domain. */
  domainId: string | undefined;
  /** What it is when neither a parent nor a domain is named. */
  homeDomainId: string;
}

/** Throws DomainNotFound, ProjectNotFound for the parent, Conflict, and for the tree's rules. */
export async function createProject(
  context: IdentityContext,
  request: NewProject,
): Promise<Project> {
  const { homeDomainId, ...rest } = request;
  return changeIdentity(context, async (tx) => {
    const parent = await findParent(tx, request, homeDomainId);
    const domainId = parent.domainId ?? parent.id;
    if (request.domainId !== undefined && request.domainId !== domainId) {
      throw identityErrors.invalid({ reason: 'The parent belongs to another domain.' });
    }
    const project: Project = {
      ...rest,
      id: context.ids.hex(),
      domainId,
      parentId: parent.id,
      isDomain: false,
    };
    await checkTree(tx, parent);
    if (await findProjectByName(tx, domainId, project.name)) {
      throw identityErrors.nameTaken({ noun: 'project', name: project.name, domainId });
    }
    await insertProject(tx, project);
    return project;
  });
}

async function findParent(
  tx: Queries,
  request: NewProject,
  homeDomainId: string,
): Promise<Project> {
  const { parentId, domainId } = request;
  if (parentId === null) return requireDomain(tx, domainId ?? homeDomainId);
  const parent = await findProject(tx, parentId);
  if (!parent) throw identityErrors.projectNotFound({ id: parentId });
  return parent;
}

async function checkTree(tx: Queries, parent: Project): Promise<void> {
  const above = [parent, ...(await listAncestors(tx, parent))];
  if (above.length > limits.projectTreeDepth) {
    throw identityErrors.treeTooDeep({ depth: limits.projectTreeDepth });
  }
  const disabled = above.find((project) => !project.isEnabled);
  if (disabled) throw identityErrors.parentDisabled({ id: disabled.id });
}
