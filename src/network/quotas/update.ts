import type { NetworkContext } from '../context.ts';
import { type Quota, quotaResources } from './quota.ts';
import { deleteLimits, quotaOf, upsertLimit } from './store.ts';

/** Sets some limits of a project, also below what it has already. @returns all of them */
export function updateQuota(
  context: NetworkContext,
  projectId: string,
  change: Partial<Quota>,
): Promise<Quota> {
  return context.database.transaction(async (tx) => {
    for (const resource of quotaResources) {
      const limit = change[resource];
      if (limit !== undefined) await upsertLimit(tx, projectId, resource, limit);
    }
    return quotaOf(tx, projectId);
  });
}

/** The project has the defaults again. */
export async function resetQuota(context: NetworkContext, projectId: string): Promise<void> {
  await context.database.transaction((tx) => deleteLimits(tx, projectId));
}
