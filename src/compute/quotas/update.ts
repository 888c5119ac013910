import type { CatalogContext } from '#compute/catalog-context.ts';
import type { QuotaLimits } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { quotaErrors } from './errors.ts';
import type { Quota, QuotaResource } from './quota.ts';
import {
  deleteQuotas,
  type QuotaSubject,
  quotaOf,
  quotaOfClass,
  quotaOfProject,
  upsertClassLimit,
  upsertQuota,
} from './store.ts';
import { quotaUsage } from './usage-store.ts';

type QuotaContext = CatalogContext & { readonly quota: QuotaLimits };
export type QuotaChange = Partial<Record<QuotaResource, number>>;

/**
 * Sets some limits of a project or of one user of it.
 * @param force also below what is in use, and a user's above the project's
 * @throws QuotaBelowUsage, QuotaAboveProject (400)
 */
export async function updateQuota(
  context: QuotaContext,
  subject: Allowed<QuotaSubject>,
  change: QuotaChange,
  force: boolean,
): Promise<Quota> {
  const { projectId, userId } = subject;
  return context.database.transaction(async (tx) => {
    const usage = await quotaUsage(tx, subject);
    const project = await quotaOfProject(tx, projectId, context.quota);
    for (const [name, limit] of Object.entries(change)) {
      const resource = name as QuotaResource;
      const used = usage[resource];
      if (!force && limit >= 0 && limit < used) {
        throw quotaErrors.belowUsage({ resource, limit, used });
      }
      const maximum = project[resource];
      if (!force && userId !== undefined && isAbove(limit, maximum)) {
        throw quotaErrors.aboveProject({ resource, limit, maximum });
      }
      await upsertQuota(tx, subject, resource, limit);
    }
    return quotaOf(tx, subject, context.quota);
  });
}

/** -1 is any number. */
function isAbove(limit: number, maximum: number): boolean {
  return maximum >= 0 && (limit < 0 || limit > maximum);
}

/** The project and its users have the defaults again, or one user what the project has. */
export async function resetQuota(
  context: CatalogContext,
  subject: Allowed<QuotaSubject>,
): Promise<void> {
  await context.database.transaction((tx) => deleteQuotas(tx, subject));
}

/** Changes a class: `default` is what projects have where nothing else was set. */
export async function updateQuotaClass(
  context: QuotaContext,
  className: string,
  change: QuotaChange,
): Promise<Quota> {
  return context.database.transaction(async (tx) => {
    for (const [name, limit] of Object.entries(change)) {
      await upsertClassLimit(tx, className, name as QuotaResource, limit);
    }
    return quotaOfClass(tx, className, context.quota);
  });
}
