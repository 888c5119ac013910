import type { IdentityContext } from '../context.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Project } from '../projects/project.ts';
import { listProjectRows } from '../projects/store.ts';

/** By name. */
export function listDomains(
  context: IdentityContext,
  filters: { name: string | undefined; isEnabled: boolean | undefined },
  page: PageRequest,
): Promise<Page<Project>> {
  return listProjectRows(context.database.queries, { ...filters, isDomain: true }, page);
}
