import type { Queries } from '#db/database.ts';
import { networkErrors } from '../errors.ts';
import { defaultQuota, type Quota, type QuotaResource } from './quota.ts';

const tableOf = {
  network: 'networks',
  subnet: 'subnets',
  port: 'ports',
  router: 'routers',
  floatingip: 'floating_ips',
  security_group: 'security_groups',
  security_group_rule: 'security_group_rules',
} as const;

export async function countUsed(
  db: Queries,
  resource: QuotaResource,
  projectId: string,
): Promise<number> {
  const row = await db
    .selectFrom(tableOf[resource])
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** What projects may have, where an administrator said something else than the default. */
export async function limitsSet(
  db: Queries,
  projectId: string | null,
): Promise<Map<string, Partial<Quota>>> {
  let query = db.selectFrom('network_quotas').selectAll().orderBy('project_id');
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  const byProject = new Map<string, Partial<Quota>>();
  for (const row of await query.execute()) {
    const known = byProject.get(row.project_id) ?? {};
    byProject.set(row.project_id, { ...known, [row.resource]: Number(row.hard_limit) });
  }
  return byProject;
}

export async function quotaOf(db: Queries, projectId: string): Promise<Quota> {
  return { ...defaultQuota, ...(await limitsSet(db, projectId)).get(projectId) };
}

export async function upsertLimit(
  db: Queries,
  projectId: string,
  resource: QuotaResource,
  hardLimit: number,
): Promise<void> {
  await db
    .insertInto('network_quotas')
    .values({ project_id: projectId, resource, hard_limit: hardLimit })
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'resource']).doUpdateSet({ hard_limit: hardLimit }),
    )
    .execute();
}

export async function deleteLimits(db: Queries, projectId: string): Promise<void> {
  await db.deleteFrom('network_quotas').where('project_id', '=', projectId).execute();
}

/** @param wanted how many more. @returns whether the project may have them */
export async function hasRoom(
  db: Queries,
  resource: QuotaResource,
  projectId: string,
  wanted: number,
): Promise<boolean> {
  const limit = (await quotaOf(db, projectId))[resource];
  return limit < 0 || (await countUsed(db, resource, projectId)) + wanted <= limit;
}

/** Asked in the transaction that adds the resource. @throws OverQuota */
export async function checkQuota(
  tx: Queries,
  resource: QuotaResource,
  projectId: string,
  refuse: Pick<typeof networkErrors, 'overQuota'> = networkErrors,
): Promise<void> {
  if (!(await hasRoom(tx, resource, projectId, 1))) throw refuse.overQuota({ resources: resource });
}
