import { listHosts } from '#compute/hosts/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Period } from './usage.ts';

/** How far the audit of usage is on all hosts, for a calendar month. */
export interface UsageAudit {
  period: Period;
  hostsNotRun: string[];
}

/** The last month that was over at that time. */
export function monthBefore(atMs: number): Period {
  const at = new Date(atMs);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return { startMs: Date.UTC(year, month - 1, 1), stopMs: Date.UTC(year, month, 1) };
}

/**
 * No host tells of each server's usage by itself, as Nova's do only where they are told to, so
 * that the audit has run on none of them.
 */
export async function readUsageAudit(
  service: Pick<ComputeService, 'database'>,
  beforeMs: number,
): Promise<UsageAudit> {
  const hosts = await listHosts(service.database.queries);
  return { period: monthBefore(beforeMs), hostsNotRun: hosts.map(({ name }) => name) };
}
