/** What someone takes of a host. */
export interface HostTake {
  /** A project's id, or Nova's words for all of them in parentheses. */
  project: string;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
}

type Sum = string | number | bigint;

/** Databases give sums as text where they may be long. */
export function takeFromRow(row: {
  project_id: string;
  vcpus: Sum;
  memory_mib: Sum;
  disk_gib: Sum;
}): HostTake {
  return {
    project: row.project_id,
    vcpus: Number(row.vcpus),
    memoryMib: Number(row.memory_mib),
    diskGib: Number(row.disk_gib),
  };
}
