import type { NetworkContext } from '../context.ts';
import { defaultQuota, type QuotaResource } from './quota.ts';
import { countUsed } from './store.ts';

export interface Usage {
  limit: number;
  used: number;
  reserved: number;
}

/** What a project may have and has, by resource. Nothing is reserved: counting is exact. */
export async function quotaUsage(
  context: NetworkContext,
  projectId: string,
): Promise<Record<string, Usage>> {
  const quota: Record<string, Usage> = {};
  for (const resource of Object.keys(defaultQuota) as QuotaResource[]) {
    const used = await countUsed(context.database.queries, resource, projectId);
    quota[resource] = { limit: defaultQuota[resource], used, reserved: 0 };
  }
  return quota;
}
