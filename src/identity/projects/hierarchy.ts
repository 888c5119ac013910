import type { Queries } from '#db/database.ts';
import { reachableIds } from '../assignments/reachable.ts';
import type { IdentityContext } from '../context.ts';
import type { Project } from './project.ts';
import { listAncestors, listProjectRowsOfDomain } from './store.ts';

/** Ids above or below ids; null where nothing follows. */
export interface IdTree {
  [id: string]: IdTree | null;
}

export interface Hierarchy {
  /** Nearest first, the domain last; those only in which the asker has a role. */
  parents: () => Promise<Project[]>;
  parentIds: () => Promise<IdTree | null>;
  /** As for the parents. */
  subtree: () => Promise<Project[]>;
  subtreeIds: () => Promise<IdTree | null>;
}

/** What stands above and below a project, as clients ask for it: nothing is read that is not. */
export function hierarchyOf(context: IdentityContext, project: Project, userId: string): Hierarchy {
  const db = context.database.queries;
  const onlyOwn = async (projects: readonly Project[]) => {
    const own = new Set(await reachableIds(db, userId));
    return projects.filter(({ id }) => own.has(id));
  };
  return {
    parents: async () => onlyOwn(await listAncestors(db, project)),
    parentIds: async () =>
      (await listAncestors(db, project)).reduceRight<IdTree | null>(
        (above, { id }) => ({ [id]: above }),
        null,
      ),
    subtree: async () => onlyOwn(await projectsBelow(db, project)),
    subtreeIds: async () => idTree(project.id, await projectsBelow(db, project)),
  };
}

/** Level by level; each level by name. */
async function projectsBelow(db: Queries, top: Project): Promise<Project[]> {
  const all = await listProjectRowsOfDomain(db, top.domainId ?? top.id);
  const below: Project[] = [];
  let level = [top.id];
  while (level.length > 0) {
    const above = new Set(level);
    const next = all.filter(({ parentId }) => parentId !== null && above.has(parentId));
    below.push(...next);
    level = next.map(({ id }) => id);
  }
  return below;
}

/** The tree's depth is limited, and so is the recursion. */
function idTree(topId: string, projects: readonly Project[]): IdTree | null {
  const children = projects.filter(({ parentId }) => parentId === topId);
  if (children.length === 0) return null;
  return Object.fromEntries(children.map(({ id }) => [id, idTree(id, projects)]));
}
