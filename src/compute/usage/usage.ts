import type { FlavorSnapshot } from '#compute/servers/server.ts';

/** From the first moment to just before the last, in ms since 1970. */
export interface Period {
  startMs: number;
  stopMs: number;
}

/** What is counted of a server, living or not. */
export interface UsedServer {
  id: string;
  projectId: string;
  name: string;
  vmState: string;
  flavor: FlavorSnapshot;
  launchedMs: number;
  terminatedMs: number | null;
}

/** What a project's servers took in a period: units times hours. */
export interface ProjectUsage {
  projectId: string;
  period: Period;
  hours: number;
  vcpuHours: number;
  memoryMibHours: number;
  diskGibHours: number;
  /** Undefined when only the sums were asked for. */
  servers: { server: UsedServer; hours: number }[] | undefined;
}

const msPerHour = 3_600_000;

/** How long the server was there within the period. */
export function hoursWithin(
  { launchedMs, terminatedMs }: Pick<UsedServer, 'launchedMs' | 'terminatedMs'>,
  { startMs, stopMs }: Period,
): number {
  const from = Math.max(launchedMs, startMs);
  const until = Math.min(terminatedMs ?? stopMs, stopMs);
  return Math.max(0, until - from) / msPerHour;
}

export function diskGibOf({ diskGib, ephemeralGib }: FlavorSnapshot): number {
  return diskGib + ephemeralGib;
}

/** Adds servers up by project; projects come in the order of their first servers. */
export class UsageSums {
  readonly #period: Period;
  readonly #detailed: boolean;
  readonly #byProject = new Map<string, ProjectUsage>();

  constructor(period: Period, detailed: boolean) {
    this.#period = period;
    this.#detailed = detailed;
  }

  add(server: UsedServer): void {
    const sums = this.#byProject.get(server.projectId) ?? this.#begin(server.projectId);
    const hours = hoursWithin(server, this.#period);
    sums.hours += hours;
    sums.vcpuHours += server.flavor.vcpus * hours;
    sums.memoryMibHours += server.flavor.memoryMib * hours;
    sums.diskGibHours += diskGibOf(server.flavor) * hours;
    sums.servers?.push({ server, hours });
  }

  result(): ProjectUsage[] {
    return [...this.#byProject.values()];
  }

  #begin(projectId: string): ProjectUsage {
    const sums: ProjectUsage = {
      projectId,
      period: this.#period,
      hours: 0,
      vcpuHours: 0,
      memoryMibHours: 0,
      diskGibHours: 0,
      servers: this.#detailed ? [] : undefined,
    };
    this.#byProject.set(projectId, sums);
    return sums;
  }
}
