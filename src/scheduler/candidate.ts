/** How far each resource may be promised beyond what the host has. */
export interface AllocationRatios {
  vcpus: number;
  memory: number;
  disk: number;
}

/** Nova's own defaults of old. */
export const defaultRatios: AllocationRatios = { vcpus: 16, memory: 1.5, disk: 1 };

/** What an aggregate says of its hosts. */
export type AggregateFacts = Readonly<Record<string, string>>;

/** A host as placement sees it: what it is, what it has and what live servers take. */
export interface Candidate {
  readonly name: string;
  /** The zone of its aggregates or, where they name none, its own. */
  readonly zone: string;
  readonly isEnabled: boolean;
  readonly isUp: boolean;
  readonly hypervisor: string;
  readonly architecture: string;
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  /** As they count on this host, aggregates asked. */
  readonly ratios: AllocationRatios;
  /** Metadata of each aggregate the host is in. */
  readonly aggregates: readonly AggregateFacts[];
  /** What is taken; placing a server adds to it. */
  vcpusUsed: number;
  memoryMibUsed: number;
  diskGibUsed: number;
  /** Members of the request's server group that are here. */
  groupMembers: number;
}

export type GroupPolicy = 'affinity' | 'anti-affinity' | 'soft-affinity' | 'soft-anti-affinity';

/** What a server asks of a host. */
export interface PlacementRequest {
  projectId: string;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
  extraSpecs: Readonly<Record<string, string>>;
  imageProperties: Readonly<Record<string, string>>;
  /** Null: any zone. */
  zone: string | null;
  /** Names the only host that will do; null leaves the choice open. */
  forcedHost: string | null;
  /** Whether a host will do that is to take nothing new. */
  mayBeDisabled: boolean;
  group: { policy: GroupPolicy; maxPerHost: number } | null;
  /** Hosts of the servers that `different_host` names. */
  hostsToAvoid: ReadonlySet<string>;
  /** Hosts of the servers that `same_host` names; null when the hint is absent. */
  hostsToShare: ReadonlySet<string> | null;
  tenancy: 'shared' | 'dedicated';
  dedicatedHostId: string | null;
}

/** Aggregates that say the word, each with what it says. */
export function factsNamed(host: Pick<Candidate, 'aggregates'>, name: string): string[] {
  const said: string[] = [];
  for (const facts of host.aggregates) {
    const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (value !== undefined) said.push(value);
  }
  return said;
}

/** Members of a comma-separated value, without blanks around them. */
export function listed(value: string): string[] {
  return value.split(',').map((member) => member.trim());
}
