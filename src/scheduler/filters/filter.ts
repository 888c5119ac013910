import type { Candidate, PlacementRequest } from '../candidate.ts';

/** The class of reason that a tenant is told when nothing is left. */
export type Reason = 'capacity' | 'zone' | 'group' | 'hints' | 'properties' | 'tenancy' | 'host';

/** Decides for one host. Its name is the one that Nova's operators know. */
export interface Filter {
  readonly name: string;
  readonly reason: Reason;
  /** Also asked when an administrator names the host, who may overrule the others. */
  readonly evenIfForced?: boolean;
  /** Left out when it says that the request does not concern it: then every host passes. */
  concerns?(request: PlacementRequest): boolean;
  passes(host: Candidate, request: PlacementRequest): boolean;
}
