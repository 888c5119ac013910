import { type Actor, boundDomain, isAdmin } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import { reachableIds } from '../assignments/reachable.ts';
import type { IdentityContext } from '../context.ts';
import type { Page, PageRequest } from '../listing/page.ts';
import type { Project } from './project.ts';
import { listProjectRows, type ProjectFilters } from './store.ts';

/**
 * Administrators see all projects, who may list them those of their domain, everyone else those in
 * which they have a role: that is how clients of Huawei's IAM find the project of a region by its
 * name.
 */
export async function listProjects(
  context: IdentityContext,
  actor: Actor,
  filters: Omit<ProjectFilters, 'ids'>,
  page: PageRequest,
): Promise<Page<Project>> {
  const { queries } = context.database;
  if (!isAdmin(actor) && !mayPerform(actor, 'identity:projects:list')) {
    const ids = await reachableIds(queries, actor.userId);
    return listProjectRows(queries, { ...filters, ids }, page);
  }
  const bound = boundDomain(actor);
  if (bound === null) return listProjectRows(queries, filters, page);
  if (filters.isDomain) return listProjectRows(queries, { ...filters, ids: [bound] }, page);
  const isBeyond = filters.domainId !== undefined && filters.domainId !== bound;
  const ids = isBeyond ? [] : undefined;
  return listProjectRows(queries, { ...filters, domainId: bound, ids }, page);
}

/** The enabled projects, or domains, for which the user may ask a token. */
export async function listReachable(
  context: IdentityContext,
  userId: string,
  filters: { isDomain: boolean; onlyEnabled: boolean },
  page: PageRequest,
): Promise<Page<Project>> {
  const { queries } = context.database;
  const ids = await reachableIds(queries, userId);
  const isEnabled = filters.onlyEnabled ? true : undefined;
  return listProjectRows(queries, { ids, isDomain: filters.isDomain, isEnabled }, page);
}
