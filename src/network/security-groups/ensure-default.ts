import type { NetworkContext } from '../context.ts';
import { ensureDefaultGroupIn } from './make.ts';
import { defaultGroupId } from './store.ts';

/** As Neutron does, lazily: looks without a transaction first, since it mostly exists. */
export async function ensureDefaultGroup(
  context: NetworkContext,
  projectId: string,
): Promise<string> {
  const known = await defaultGroupId(context.database.queries, projectId);
  return known ?? context.transact((tx) => ensureDefaultGroupIn(context, tx, projectId));
}
