/** What a server asks of a host. */
export interface PlacementRequest {
  vcpus: number;
  memoryMib: number;
  diskGib: number;
  /** Null: any zone. */
  availabilityZone: string | null;
}

/** A host as placement sees it: what it has and what live servers take. */
export interface Candidate {
  name: string;
  availabilityZone: string;
  enabled: boolean;
  isUp: boolean;
  vcpus: number;
  vcpusUsed: number;
  memoryMib: number;
  memoryMibUsed: number;
  diskGib: number;
  diskGibUsed: number;
}

/** How far each resource may be promised beyond what the host has; Nova's own defaults. */
export interface AllocationRatios {
  vcpus: number;
  memory: number;
  disk: number;
}

export const defaultRatios: AllocationRatios = { vcpus: 16, memory: 1.5, disk: 1 };

interface Filter {
  name: string;
  passes(host: Candidate, request: PlacementRequest, ratios: AllocationRatios): boolean;
}

const filters: readonly Filter[] = [
  { name: 'ComputeFilter', passes: (host) => host.enabled && host.isUp },
  {
    name: 'AvailabilityZoneFilter',
    passes: (host, request) =>
      request.availabilityZone === null || host.availabilityZone === request.availabilityZone,
  },
  {
    name: 'VcpuFilter',
    passes: (host, request, ratios) =>
      request.vcpus <= host.vcpus && host.vcpusUsed + request.vcpus <= host.vcpus * ratios.vcpus,
  },
  {
    name: 'RamFilter',
    passes: (host, request, ratios) =>
      host.memoryMibUsed + request.memoryMib <= host.memoryMib * ratios.memory,
  },
  {
    name: 'DiskFilter',
    passes: (host, request, ratios) =>
      host.diskGibUsed + request.diskGib <= host.diskGib * ratios.disk,
  },
];

/** How many hosts each filter left, in order: the explanation of a refusal. */
export interface FilterResult {
  filter: string;
  hostsLeft: number;
}

export type Placement =
  | { host: Candidate; explanation: FilterResult[] }
  | { host: null; explanation: FilterResult[] };

/** Chooses the host with the most free memory among those that every filter lets pass. */
export function placeServer(
  candidates: readonly Candidate[],
  request: PlacementRequest,
  ratios: AllocationRatios = defaultRatios,
): Placement {
  let left = candidates;
  const explanation: FilterResult[] = [];
  for (const filter of filters) {
    left = left.filter((host) => filter.passes(host, request, ratios));
    explanation.push({ filter: filter.name, hostsLeft: left.length });
  }
  const freeMemory = (host: Candidate) => host.memoryMib * ratios.memory - host.memoryMibUsed;
  const [first] = left;
  if (!first) return { host: null, explanation };
  const best = left.reduce((a, b) => (freeMemory(b) > freeMemory(a) ? b : a), first);
  return { host: best, explanation };
}

/** `ComputeFilter left 3, AvailabilityZoneFilter left 0`. */
export function explain(explanation: readonly FilterResult[]): string {
  return explanation.map((row) => `${row.filter} left ${row.hostsLeft}`).join(', ');
}
