import type { NetworkContext } from '../context.ts';
import { defaultQuota, type Quota } from './quota.ts';
import { limitsSet, quotaOf } from './store.ts';

export function readQuota({ database }: NetworkContext, projectId: string): Promise<Quota> {
  return quotaOf(database.queries, projectId);
}

/** Of the projects for which an administrator said something else than the default. */
export async function listQuotas({ database }: NetworkContext): Promise<[string, Quota][]> {
  const projects = await limitsSet(database.queries, null);
  return [...projects].map(([projectId, limits]) => [projectId, { ...defaultQuota, ...limits }]);
}
