import { heldUsage } from '#compute/moves/store.ts';
import type { Queries } from '#db/database.ts';
import { type QuotaResource, quotaResources } from './quota.ts';
import type { QuotaSubject } from './store.ts';

export type QuotaUsage = Record<QuotaResource, number>;

/**
 * What a project has now, or one user of it, counted over live rows. Of the rest nothing is counted
 * per project: key pairs are a user's, items a server's, members a group's.
 */
export async function quotaUsage(db: Queries, subject: QuotaSubject): Promise<QuotaUsage> {
  const nothing = Object.fromEntries(quotaResources.map((name) => [name, 0])) as QuotaUsage;
  return {
    ...nothing,
    ...(await serverUsage(db, subject)),
    server_groups: await countServerGroups(db, subject),
  };
}

/** With what servers that are being resized may yet go back to. */
export async function serverUsage(
  db: Queries,
  { projectId, userId }: QuotaSubject,
): Promise<Pick<QuotaUsage, 'instances' | 'cores' | 'ram'>> {
  let query = db
    .selectFrom('servers')
    .select((select) => [
      select.fn.countAll().as('instances'),
      select.fn.sum('vcpus').as('cores'),
      select.fn.sum('memory_mib').as('ram'),
    ])
    .where('project_id', '=', projectId)
    .where('deleted_ms', 'is', null)
    // What was put aside is given back; a restoration has to find room again.
    .where('vm_state', '!=', 'soft-delete');
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  const row = await query.executeTakeFirst();
  const held = await heldUsage(db, { projectId, userId });
  return {
    instances: Number(row?.instances ?? 0),
    cores: Number(row?.cores ?? 0) + held.cores,
    ram: Number(row?.ram ?? 0) + held.ram,
  };
}

async function countServerGroups(
  db: Queries,
  { projectId, userId }: QuotaSubject,
): Promise<number> {
  let query = db
    .selectFrom('server_groups')
    .select((select) => select.fn.countAll().as('count'))
    .where('project_id', '=', projectId);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  const row = await query.executeTakeFirst();
  return Number(row?.count ?? 0);
}
