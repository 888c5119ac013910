import type { ComputeService } from '#compute/service.ts';
import type { Quota } from './quota.ts';
import { defaultClass, type QuotaSubject, quotaOf, quotaOfClass } from './store.ts';
import { type QuotaUsage, quotaUsage } from './usage-store.ts';

/** What a project may have, or one user of it. */
export function readQuota(service: ComputeService, subject: QuotaSubject): Promise<Quota> {
  return quotaOf(service.database.queries, subject, service.quota);
}

/** What projects have by default, or what a class of that name says instead. */
export function readDefaultQuota(
  service: ComputeService,
  className: string = defaultClass,
): Promise<Quota> {
  return quotaOfClass(service.database.queries, className, service.quota);
}

/** What a project, or one user of it, may have and has, counted over live rows. */
export async function readQuotaUse(
  service: ComputeService,
  subject: QuotaSubject,
): Promise<{ quota: Quota; usage: QuotaUsage }> {
  const quota = await readQuota(service, subject);
  return { quota, usage: await quotaUsage(service.database.queries, subject) };
}
