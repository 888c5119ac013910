import type { PolicyDocument } from '#policy/document.ts';
import type { GrantSource } from '#policy/rights.ts';
import type { JsonObject } from '../extras.ts';

export interface Role {
  id: string;
  /** Null for roles that hold everywhere. */
  domainId: string | null;
  name: string;
  description: string | null;
  options: JsonObject;
  extra: JsonObject;
  /** Of a role that comes with the cloud: which one; its document stands in the code. */
  systemPolicy: string | null;
  /** Of a role that is a policy which somebody wrote. Without either it grants nothing. */
  customPolicy: CustomPolicy | null;
}

export interface CustomPolicy {
  /** What people call it; the role's name is made up. */
  displayName: string;
  /** Whether it is for the account or for its projects. */
  type: 'AX' | 'XA';
  descriptionCn: string | null;
  document: PolicyDocument;
  createdMs: number;
  updatedMs: number;
}

/** A role as somebody has it somewhere, and all grants by which they do. */
export interface HeldRole extends Role {
  via: readonly GrantSource[];
  /** Held for what lies in this enterprise project only. */
  enterpriseProjectId?: string;
}

/** Whoever has the prior role has the implied one too. */
export interface Inference {
  priorRoleId: string;
  impliedRoleId: string;
}

/** The roles given and all that follow from them, in the order found, without repetition. */
export function withImplied(
  roleIds: readonly string[],
  inferences: readonly Inference[],
): string[] {
  const found = new Set(roleIds);
  // A set may grow while it is walked; every new member is visited once.
  for (const roleId of found) {
    for (const inference of inferences) {
      if (inference.priorRoleId === roleId) found.add(inference.impliedRoleId);
    }
  }
  return [...found];
}
