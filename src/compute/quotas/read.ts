import type { ComputeService } from '#compute/service.ts';
import type { Quota, QuotaResource } from './quota.ts';
import { quotaOfProject, quotaUsage } from './store.ts';

/** What a project may have. */
export function readQuota(service: ComputeService, projectId: string): Promise<Quota> {
  return quotaOfProject(service.database.queries, projectId, service.quota);
}

/** What a project may have and has, counted over live rows. */
export async function readQuotaUse(
  service: ComputeService,
  projectId: string,
): Promise<{ quota: Quota; usage: Record<QuotaResource, number> }> {
  const quota = await readQuota(service, projectId);
  return { quota, usage: await quotaUsage(service.database.queries, projectId) };
}
