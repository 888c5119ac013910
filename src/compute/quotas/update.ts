import type { CatalogContext } from '#compute/catalog-context.ts';
import type { QuotaLimits } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { quotaErrors } from './errors.ts';
import type { Quota, QuotaResource } from './quota.ts';
import { deleteQuotas, quotaOfProject, quotaUsage, upsertQuota } from './store.ts';

/** Whose quota a request is about. */
export interface QuotaOwner {
  projectId: string;
}

/**
 * @param force also below what the project has already
 * @throws QuotaBelowUsage (400)
 */
export async function updateQuota(
  context: CatalogContext & { readonly quota: QuotaLimits },
  owner: Allowed<QuotaOwner>,
  change: Partial<Record<QuotaResource, number>>,
  force: boolean,
): Promise<Quota> {
  const { projectId } = owner;
  return context.database.transaction(async (tx) => {
    const usage = await quotaUsage(tx, projectId);
    for (const [name, limit] of Object.entries(change)) {
      const resource = name as QuotaResource;
      const used = usage[resource];
      if (!force && limit >= 0 && limit < used) {
        throw quotaErrors.belowUsage({ resource, limit, used });
      }
      await upsertQuota(tx, projectId, resource, limit);
    }
    return quotaOfProject(tx, projectId, context.quota);
  });
}

/** The project has the defaults again. */
export async function resetQuota(
  context: CatalogContext,
  owner: Allowed<QuotaOwner>,
): Promise<void> {
  await deleteQuotas(context.database.queries, owner.projectId);
}
