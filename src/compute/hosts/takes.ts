import type { ComputeService } from '#compute/service.ts';
import { type HostRow, takesByProject } from './store.ts';

/** What someone takes of a host. */
export interface HostTake {
  /** A project's id, or Nova's words for all of them in parentheses. */
  project: string;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
}

/** What the host has, what is taken of it, and who takes it, in the order of the projects' ids. */
export async function readTakes(
  service: Pick<ComputeService, 'database'>,
  host: HostRow,
): Promise<HostTake[]> {
  const byProject = await takesByProject(service.database.queries, host.name);
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
