import type { Queries } from '#db/database.ts';
import type { Project } from './project.ts';
import { findProject, listProjectRowsOfDomain } from './store.ts';

/** The ids of all projects below a project or domain, at any depth. */
export async function idsBelow(db: Queries, topId: string): Promise<string[]> {
  const top = await findProject(db, topId);
  if (!top) return [];
  const all = await listProjectRowsOfDomain(db, top.domainId ?? top.id);
  const children = new Map<string | null, Project[]>();
  for (const project of all) {
    children.set(project.parentId, [...(children.get(project.parentId) ?? []), project]);
  }
  const below = new Set([topId]);
  // A set may grow while it is walked; every project is visited once.
  for (const id of below) {
    for (const child of children.get(id) ?? []) below.add(child.id);
  }
  below.delete(topId);
  return [...below];
}
