import { type Candidate, defaultRatios, type PlacementRequest } from '#scheduler/candidate.ts';
import { placeServer } from '#scheduler/placement.ts';

/** A roomy host; what a test is about it says itself. */
export function hostNamed(name: string, extra: Partial<Candidate> = {}): Candidate {
  return {
    name,
    zone: 'nova',
    isEnabled: true,
    isUp: true,
    hypervisor: 'qemu',
    architecture: 'x86_64',
    vcpus: 8,
    memoryMib: 8192,
    diskGib: 100,
    ratios: defaultRatios,
    aggregates: [],
    vcpusUsed: 0,
    memoryMibUsed: 0,
    diskGibUsed: 0,
    groupMembers: 0,
    ...extra,
  };
}

export function requestOf(extra: Partial<PlacementRequest> = {}): PlacementRequest {
  return {
    projectId: 'p',
    vcpus: 1,
    memoryMib: 512,
    diskGib: 5,
    extraSpecs: {},
    imageProperties: {},
    zone: null,
    forcedHost: null,
    mayBeDisabled: false,
    group: null,
    hostsToAvoid: new Set(),
    hostsToShare: null,
    tenancy: 'shared',
    dedicatedHostId: null,
    ...extra,
  };
}

/** The name of the chosen host, or the filter that left none. */
export function choiceOf(hosts: readonly Candidate[], extra: Partial<PlacementRequest> = {}) {
  const { host, explanation } = placeServer(hosts, requestOf(extra));
  return host?.name ?? explanation.find((row) => row.hostsLeft === 0)?.filter;
}
