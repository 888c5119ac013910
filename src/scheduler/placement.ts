import type { Candidate, PlacementRequest } from './candidate.ts';
import { capacityFilters } from './filters/capacity.ts';
import type { Filter, Reason } from './filters/filter.ts';
import { affinityFilter, neighbourFilters } from './filters/groups.ts';
import { hostFilters } from './filters/host-state.ts';
import { propertyFilters } from './filters/properties.ts';
import { tenancyFilters } from './filters/tenancy.ts';
import { heaviest } from './weighers.ts';

/** How many hosts each filter left, in order: the explanation of a refusal. */
export interface FilterResult {
  filter: string;
  hostsLeft: number;
  reason: Reason;
}

export type Placement =
  | { host: Candidate; explanation: FilterResult[] }
  | { host: null; explanation: FilterResult[] };

const filters: readonly Filter[] = [
  ...hostFilters,
  ...tenancyFilters,
  ...propertyFilters,
  ...neighbourFilters,
  ...capacityFilters,
];

/**
 * Chooses the best of the hosts that every filter lets pass, and changes nothing. A host that an
 * administrator names is only asked what cannot be overruled: that it is there and has room.
 */
export function placeServer(
  candidates: readonly Candidate[],
  request: PlacementRequest,
): Placement {
  const isForced = request.forcedHost !== null;
  const asked = [...filters, ...affinityFilters(candidates)].filter(
    ({ concerns, evenIfForced }) => (!isForced || evenIfForced) && (concerns?.(request) ?? true),
  );
  let left = candidates;
  const explanation: FilterResult[] = [];
  for (const filter of asked) {
    left = left.filter((host) => filter.passes(host, request));
    explanation.push({ filter: filter.name, hostsLeft: left.length, reason: filter.reason });
  }
  return { host: heaviest(left, request) ?? null, explanation };
}

/** A group is held together from its second member on. */
function affinityFilters(candidates: readonly Candidate[]): Filter[] {
  return candidates.some((host) => host.groupMembers > 0) ? [affinityFilter] : [];
}

/** `ComputeFilter left 3, AvailabilityZoneFilter left 0`: for administrators. */
export function explain(explanation: readonly FilterResult[]): string {
  return explanation.map((row) => `${row.filter} left ${row.hostsLeft}`).join(', ');
}

const reasons: Readonly<Record<Reason, string>> = {
  capacity: 'There are not enough hosts available.',
  zone: 'No host of the availability zone can take the server.',
  host: 'The requested host cannot take the server.',
  group: "The server group's policy leaves no host.",
  hints: 'The scheduler hints leave no host.',
  properties: 'No host has what the image or the flavor asks for.',
  tenancy: 'There are not enough hosts available.',
};

/** What a tenant reads: the class of reason, and nothing of the hosts. */
export function refusalOf(explanation: readonly FilterResult[]): string {
  const emptied = explanation.find((row) => row.hostsLeft === 0);
  return `No valid host was found. ${reasons[emptied?.reason ?? 'capacity']}`;
}
