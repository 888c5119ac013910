import type { IdentityContext } from '../context.ts';
import type { RegisteredLimit, ShownLimit } from './limit.ts';
import { listLimitRows, listRegisteredRows } from './store.ts';

/** By resource. */
export function listRegistered(context: IdentityContext): Promise<RegisteredLimit[]> {
  return listRegisteredRows(context.database.queries);
}

/** Of one project or domain, or of all where none is named; by resource. */
export function listOwnLimits(
  context: IdentityContext,
  ownerId: string | undefined,
): Promise<ShownLimit[]> {
  return listLimitRows(context.database.queries, { ownerId });
}
