import type { Services } from '#cloud';
import { listServices } from '#compute/services/read.ts';
import { computeBinary } from '#compute/services/service-row.ts';

/** One line for each host that is known, in the order of their names. */
export async function hostLines({ compute }: Pick<Services, 'compute'>): Promise<string[]> {
  const rows = await listServices(compute, { binary: computeBinary });
  const own = new Set(compute.hosts.map(({ name }) => name));
  return rows
    .sort((a, b) => (a.host < b.host ? -1 : 1))
    .map(({ host, isUp }) => {
      const where = own.has(host) ? 'its agent is in this process' : 'no agent of it is heard';
      return `host ${host}: ${isUp ? 'up' : 'down'}, ${where}`;
    });
}
