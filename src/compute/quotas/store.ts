import { usageOfProject } from '#compute/servers/store.ts';
import type { QuotaLimits } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import {
  defaultQuotaOf,
  limitsOf,
  type Quota,
  type QuotaResource,
  quotaResources,
} from './quota.ts';

/** The defaults with what an administrator set for this project. */
export async function quotaOfProject(
  db: Queries,
  projectId: string,
  defaults: QuotaLimits,
): Promise<Quota> {
  const rows = await db
    .selectFrom('project_quotas')
    .select(['resource', 'hard_limit'])
    .where('project_id', '=', projectId)
    .execute();
  const changed = rows.map((row) => [row.resource, row.hard_limit]);
  return { ...defaultQuotaOf(defaults), ...Object.fromEntries(changed) };
}

/** The same in the terms of those who enforce it; read it in the transaction that claims. */
export async function limitsOfProject(
  db: Queries,
  projectId: string,
  defaults: QuotaLimits,
): Promise<QuotaLimits> {
  return limitsOf(await quotaOfProject(db, projectId, defaults));
}

/** What a project has now, counted over live rows. Of the rest nothing is counted per project. */
export async function quotaUsage(
  db: Queries,
  projectId: string,
): Promise<Record<QuotaResource, number>> {
  const usage = await usageOfProject(db, projectId);
  const nothing = Object.fromEntries(quotaResources.map((name) => [name, 0]));
  return {
    ...(nothing as Record<QuotaResource, number>),
    instances: usage.servers,
    cores: usage.vcpus,
    ram: usage.memoryMib,
  };
}

export async function upsertQuota(
  db: Queries,
  projectId: string,
  resource: QuotaResource,
  hardLimit: number,
): Promise<void> {
  await db
    .insertInto('project_quotas')
    .values({ project_id: projectId, resource, hard_limit: hardLimit })
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'resource']).doUpdateSet({ hard_limit: hardLimit }),
    )
    .execute();
}

export async function deleteQuotas(db: Queries, projectId: string): Promise<void> {
  await db.deleteFrom('project_quotas').where('project_id', '=', projectId).execute();
}
