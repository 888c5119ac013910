import { heldByProject } from '#compute/moves/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { type HostRow, takesByProject } from './store.ts';
import type { HostTake } from './take.ts';

/** What the host has, what is taken of it, and who takes it, in the order of the projects' ids. */
export async function readTakes(
  service: Pick<ComputeService, 'database'>,
  host: HostRow,
): Promise<HostTake[]> {
  const db = service.database.queries;
  const own = await takesByProject(db, host.name);
  const moving = await heldByProject(db, 'server_moves', host.name);
  const evacuated = await heldByProject(db, 'evacuated_guests', host.name);
  const byProject = addUp([...own, ...moving, ...evacuated]);
  const sum = (of: (take: HostTake) => number) =>
    byProject.reduce((total, take) => total + of(take), 0);
  const used = {
    vcpus: sum(({ vcpus }) => vcpus),
    memoryMib: sum(({ memoryMib }) => memoryMib),
    diskGib: sum(({ diskGib }) => diskGib),
  };
  const { vcpus, memory_mib: memoryMib, disk_gib: diskGib } = host;
  return [
    { project: '(total)', vcpus, memoryMib, diskGib },
    { project: '(used_now)', ...used },
    { project: '(used_max)', ...used },
    ...byProject,
  ];
}

function addUp(takes: readonly HostTake[]): HostTake[] {
  const groups = Map.groupBy(takes, ({ project }) => project);
  const sums = [...groups].map(([project, all]) => ({
    project,
    vcpus: all.reduce((sum, { vcpus }) => sum + vcpus, 0),
    memoryMib: all.reduce((sum, { memoryMib }) => sum + memoryMib, 0),
    diskGib: all.reduce((sum, { diskGib }) => sum + diskGib, 0),
  }));
  return sums.sort((a, b) => (a.project < b.project ? -1 : 1));
}
