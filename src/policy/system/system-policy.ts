import type { PolicyDocument } from '../document.ts';

/** Where a policy may be granted: on the account, on projects, on both, on neither. */
export type GrantType = 'AX' | 'XA' | 'AA' | 'XX';

/** A role that comes with the cloud; its document stands in the code and is nobody's to change. */
export interface SystemPolicy {
  /** The role's name, by which OpenStack's clients grant it. */
  name: string;
  displayName: string;
  type: GrantType;
  /** Which service it is about; `BASE` for none in particular. */
  catalog: string;
  description: string;
  document: PolicyDocument;
  /** Its wildcards reach everything. */
  isUnbounded?: boolean;
  /** What it says instead where it is held on a domain, always bounded, or on the system. */
  elsewhere?: { domain?: PolicyDocument; system?: PolicyDocument };
}

/** On what a role is held. */
export type ScopeKind = 'project' | 'domain' | 'system';

/** A document of version 1.1 with one Allow. */
export function allowing(actions: readonly string[]): PolicyDocument {
  return { Version: '1.1', Statement: [{ Effect: 'Allow', Action: actions }] };
}

/** `vpc:ports` and [`get`, `list`] → [`vpc:ports:get`, `vpc:ports:list`]. */
export function each(resource: string, operations: readonly string[]): string[] {
  return operations.map((operation) => `${resource}:${operation}`);
}
