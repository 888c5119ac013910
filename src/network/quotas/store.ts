import type { Queries } from '#db/database.ts';
import { networkErrors } from '../errors.ts';
import { defaultQuota, type QuotaResource } from './quota.ts';

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

/** Asked in the transaction that adds the resource. @throws OverQuota */
export async function checkQuota(
  tx: Queries,
  resource: QuotaResource,
  projectId: string,
  refuse: Pick<typeof networkErrors, 'overQuota'> = networkErrors,
): Promise<void> {
  const used = await countUsed(tx, resource, projectId);
  if (used >= defaultQuota[resource]) throw refuse.overQuota({ resources: resource });
}
