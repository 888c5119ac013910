import type { IdentityContext } from '../context.ts';
import type { Page, PageRequest } from '../listing/page.ts';
import type { Project } from '../projects/project.ts';
import { listProjectRows, type ProjectFilters } from '../projects/store.ts';

/** By name. */
export function listDomains(
  context: IdentityContext,
  filters: Pick<ProjectFilters, 'name' | 'nameFilters' | 'isEnabled'>,
  page: PageRequest,
): Promise<Page<Project>> {
  return listProjectRows(context.database.queries, { ...filters, isDomain: true }, page);
}
