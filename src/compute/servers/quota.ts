import { computeErrors } from '#compute/errors.ts';
import type { Quota } from '#compute/quotas/quota.ts';
import { limitsOfUser, quotaOfProject } from '#compute/quotas/store.ts';
import { serverUsage } from '#compute/quotas/usage-store.ts';
import type { QuotaLimits } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { serverErrors } from './errors.ts';
import type { NewServers } from './new-servers.ts';

/** Who takes what new servers need. */
export interface QuotaTaker {
  projectId: string;
  userId: string;
}

export interface QuotaRequest {
  instances: number;
  cores: number;
  memoryMib: number;
}

interface QuotaRow {
  name: 'instances' | 'cores' | 'ram';
  /** What one server takes. */
  each: number;
  used: number;
  limit: number;
}

/**
 * As many servers as the project's quota, and the user's own where there is one, leave room for,
 * `maxCount` at most. Called in the transaction that records the servers, over the live rows, so
 * that parallel requests cannot pass together what one may not.
 * @throws TooManyInstances (403), naming what would be exceeded, where that is below `minCount`;
 *   QuotaError (403) for what one server may not have so much of
 */
export async function countWithinQuota(
  tx: Queries,
  taker: QuotaTaker,
  request: NewServers,
  each: { vcpus: number; memoryMib: number },
  defaults: QuotaLimits,
): Promise<number> {
  const { minCount, maxCount } = request;
  const quota = await quotaOfProject(tx, taker.projectId, defaults);
  requireDetailsWithin(request, quota);
  const takes = { instances: 1, cores: each.vcpus, ram: each.memoryMib };
  const rows = await quotaRows(tx, taker.projectId, takes, quota, taker.userId);
  const fitting = rows.map(({ each: one, used, limit }) =>
    limit < 0 || one === 0 ? maxCount : Math.floor((limit - used) / one),
  );
  const count = Math.min(maxCount, ...fitting);
  if (count < minCount) refuse(rows, maxCount);
  return count;
}

type Taken = Record<QuotaRow['name'], number>;

async function quotaRows(
  tx: Queries,
  projectId: string,
  takes: Taken,
  quota: Taken,
  userId: string | undefined,
): Promise<QuotaRow[]> {
  const names = ['instances', 'cores', 'ram'] as const;
  const ofProject = await serverUsage(tx, { projectId });
  const rows: QuotaRow[] = names.map((name) => {
    return { name, each: takes[name], used: ofProject[name], limit: quota[name] };
  });
  if (userId === undefined) return rows;
  const own = await limitsOfUser(tx, projectId, userId);
  if (names.every((name) => own[name] === undefined)) return rows;
  const ofUser = await serverUsage(tx, { projectId, userId });
  for (const name of names) {
    rows.push({ name, each: takes[name], used: ofUser[name], limit: own[name] ?? -1 });
  }
  return rows;
}

/**
 * The same for a fixed amount: what a server is to have more of. What it has not more of is not
 * asked for, whatever was taken of it before.
 * @throws TooManyInstances (403)
 */
export async function requireQuota(
  tx: Queries,
  projectId: string,
  request: QuotaRequest,
  defaults: QuotaLimits,
  userId?: string,
): Promise<void> {
  const takes = { instances: request.instances, cores: request.cores, ram: request.memoryMib };
  const quota = await quotaOfProject(tx, projectId, defaults);
  const all = await quotaRows(tx, projectId, takes, quota, userId);
  const rows = all.filter(({ each }) => each > 0);
  if (rows.some(({ each, used, limit }) => limit >= 0 && used + each > limit)) refuse(rows, 1);
}

function refuse(rows: readonly QuotaRow[], count: number): never {
  const over = rows.filter(({ limit, used, each }) => limit >= 0 && used + each * count > limit);
  const list = (pick: (row: QuotaRow) => number | string) => over.map(pick).join(', ');
  throw computeErrors.quotaExceeded({
    resource: list((row) => row.name),
    requested: list((row) => row.each * count),
    used: list((row) => row.used),
    limit: list((row) => row.limit),
  });
}

/** The same for what a server that exists is given. @throws QuotaError (403) */
export async function requireDetailsQuota(
  tx: Queries,
  projectId: string,
  details: Pick<NewServers, 'metadata' | 'files'>,
  defaults: QuotaLimits,
): Promise<void> {
  requireDetailsWithin(details, await quotaOfProject(tx, projectId, defaults));
}

function requireDetailsWithin(
  { metadata, files }: Pick<NewServers, 'metadata' | 'files'>,
  quota: Quota,
): void {
  const pathBytes = files.map((file) => Buffer.byteLength(file.path));
  const contentBytes = files.map((file) => Buffer.byteLength(file.contents, 'base64'));
  const asked = {
    metadata_items: Object.keys(metadata).length,
    injected_files: files.length,
    injected_file_path_bytes: Math.max(0, ...pathBytes),
    injected_file_content_bytes: Math.max(0, ...contentBytes),
  };
  for (const [name, count] of Object.entries(asked)) {
    const limit = quota[name as keyof typeof asked];
    if (limit >= 0 && count > limit) throw serverErrors.overQuota({ resource: name, limit });
  }
}
