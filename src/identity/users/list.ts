import type { IdentityContext } from '../context.ts';
import type { Page, PageRequest } from '../listing/page.ts';
import { listUserRows, type UserFilters } from './store.ts';
import type { User } from './user.ts';

/** By name. Who may see the list has been asked before: users belong to no project. */
export function listUsers(
  context: IdentityContext,
  filters: UserFilters,
  page: PageRequest,
): Promise<Page<User>> {
  return listUserRows(context.database.queries, filters, page);
}
