import { computeErrors } from '#compute/errors.ts';
import type { QuotaLimits } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { usageOfProject } from './store.ts';

export interface QuotaRequest {
  instances: number;
  cores: number;
  memoryMib: number;
}

/**
 * Throws the refusal that names what would be exceeded. Called in the transaction that records the
 * servers, over the live rows, so that parallel requests cannot pass together what one may not.
 */
export async function requireQuota(
  tx: Queries,
  projectId: string,
  request: QuotaRequest,
  quota: QuotaLimits,
): Promise<void> {
  const usage = await usageOfProject(tx, projectId);
  const rows = [
    { name: 'instances', asked: request.instances, used: usage.servers, limit: quota.instances },
    { name: 'cores', asked: request.cores, used: usage.vcpus, limit: quota.cores },
    { name: 'ram', asked: request.memoryMib, used: usage.memoryMib, limit: quota.memoryMib },
  ];
  const over = rows.filter((row) => row.limit >= 0 && row.used + row.asked > row.limit);
  if (over.length === 0) return;
  const list = (pick: (row: (typeof rows)[number]) => number | string) => over.map(pick).join(', ');
  throw computeErrors.quotaExceeded({
    resource: list((row) => row.name),
    requested: list((row) => row.asked),
    used: list((row) => row.used),
    limit: list((row) => row.limit),
  });
}
