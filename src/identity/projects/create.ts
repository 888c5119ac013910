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
  /** The only domain in which it may be; null: any. */
  boundDomainId: string | null;
}

/** Throws DomainNotFound, ProjectNotFound for the parent, Conflict, and for the tree's rules. */
export async function createProject(
  context: IdentityContext,
  request: NewProject,
): Promise<Project> {
  const { homeDomainId, boundDomainId, ...rest } = request;
  return changeIdentity(context, async (tx) => {
    const parent = await findParent(tx, request);
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

/** What lies beyond the bound is not there. */
async function findParent(tx: Queries, request: NewProject): Promise<Project> {
  const { parentId, homeDomainId, boundDomainId } = request;
  const isWithin = (id: string) => boundDomainId === null || id === boundDomainId;
  if (parentId === null) {
    const id = request.domainId ?? homeDomainId;
    if (!isWithin(id)) throw identityErrors.domainNotFound({ id });
    return requireDomain(tx, id);
  }
  const parent = await findProject(tx, parentId);
  if (!parent || !isWithin(parent.domainId ?? parent.id)) {
    throw identityErrors.projectNotFound({ id: parentId });
  }
  return parent;
}

async function checkTree(tx: Queries, parent: Project): Promise<void> {
  const above = [parent, ...(await listAncestors(tx, parent))];
  if (above.length > limits.projectTreeDepth) {
    throw identityErrors.treeTooDeep({ id: parent.id });
  }
  const disabled = above.find((project) => !project.isEnabled);
  if (disabled) throw identityErrors.parentDisabled({ id: disabled.id });
}
