import { limits } from '#base/limits.ts';
import type { QuotaLimits } from '#compute/service.ts';
import { metadataErrors } from './errors.ts';

/**
 * Throws when a server would have more items than its project's quota allows; no quota allows
 * more than fit into a row that every list of servers reads.
 */
export function requireMetadataQuota(count: number, quota: QuotaLimits): void {
  const { metadataItems } = quota;
  const most = limits.metadataItemsWithoutQuota;
  const allowed = metadataItems < 0 ? most : Math.min(metadataItems, most);
  if (count > allowed) throw metadataErrors.quotaExceeded({ allowed });
}
