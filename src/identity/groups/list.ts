import type { IdentityContext } from '../context.ts';
import type { Page, PageRequest } from '../listing/page.ts';
import type { Group } from './group.ts';
import { type GroupFilters, listGroupRows } from './store.ts';

/** By name. Who may see the list has been asked before: groups belong to no project. */
export function listGroups(
  context: IdentityContext,
  filters: GroupFilters,
  page: PageRequest,
): Promise<Page<Group>> {
  return listGroupRows(context.database.queries, filters, page);
}
