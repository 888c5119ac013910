import type { NetworkContext } from '../context.ts';
import { type QuotaResource, quotaResources } from './quota.ts';
import { countUsed, quotaOf } from './store.ts';

export interface Usage {
  limit: number;
  used: number;
  reserved: number;
}

/** What a project may have and has, by resource. Nothing is reserved: counting is exact. */
export async function quotaUsage(
  context: NetworkContext,
  projectId: string,
): Promise<Record<QuotaResource, Usage>> {
  const db = context.database.queries;
  const limits = await quotaOf(db, projectId);
  const rows: [QuotaResource, Usage][] = [];
  for (const resource of quotaResources) {
    const used = await countUsed(db, resource, projectId);
    rows.push([resource, { limit: limits[resource], used, reserved: 0 }]);
  }
  return Object.fromEntries(rows) as Record<QuotaResource, Usage>;
}
