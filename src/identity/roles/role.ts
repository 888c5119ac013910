import type { JsonObject } from '../extras.ts';

export interface Role {
  id: string;
  /** Null for roles that hold everywhere. */
  domainId: string | null;
  name: string;
  description: string | null;
  options: JsonObject;
  extra: JsonObject;
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
