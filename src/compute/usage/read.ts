import { setImmediate as otherWork } from 'node:timers/promises';
import { limits } from '#base/limits.ts';
import { findServerEverMade } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { listUsedServers } from './store.ts';
import { type Period, type ProjectUsage, UsageSums, type UsedServer } from './usage.ts';

export interface UsageAsked {
  period: Period;
  /** Null: every project. */
  projectId: string | null;
  detailed: boolean;
}

/** What projects took in the period; reads page by page, and keeps servers only if detailed. */
export async function readUsage(
  service: Pick<ComputeService, 'database'>,
  { period, projectId, detailed }: UsageAsked,
): Promise<ProjectUsage[]> {
  const sums = new UsageSums(period, detailed);
  const limit = limits.pageItems;
  let after: UsedServer | undefined;
  for (;;) {
    const page = { projectId, limit, after };
    const found = await listUsedServers(service.database.queries, period, page);
    for (const server of found) sums.add(server);
    after = found.at(-1);
    if (found.length < limit || !after) return sums.result();
    await otherWork();
  }
}

export interface UsagePage {
  usages: ProjectUsage[];
  hasMore: boolean;
  /** Undefined when the page is empty. */
  lastServerId: string | undefined;
}

/**
 * The same of one page of servers. @param marker id of the last server of the page before
 * @returns undefined when there was never such a server
 */
export async function readUsagePage(
  service: Pick<ComputeService, 'database'>,
  { period, projectId, detailed }: UsageAsked,
  { limit, marker }: { limit: number; marker: string | undefined },
): Promise<UsagePage | undefined> {
  const db = service.database.queries;
  const after = marker === undefined ? undefined : await findServerEverMade(db, marker);
  if (marker !== undefined && !after) return undefined;
  if (after && projectId !== null && after.projectId !== projectId) return undefined;
  const found = await listUsedServers(db, period, { projectId, limit: limit + 1, after });
  const shown = found.slice(0, limit);
  const sums = new UsageSums(period, detailed);
  for (const server of shown) sums.add(server);
  return {
    usages: sums.result(),
    hasMore: found.length > limit,
    lastServerId: shown.at(-1)?.id,
  };
}
