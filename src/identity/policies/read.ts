import { countAssignmentsOfRoles } from '../assignments/store.ts';
import type { IdentityContext } from '../context.ts';
import { listCustomPolicies } from '../roles/store.ts';
import { isPolicyRole, type PolicyRole } from './write.ts';

/** A policy and how often it is granted. */
export interface PolicyView {
  role: PolicyRole;
  references: number;
}

/** An account's own, in the order in which they were made. */
export async function listPolicies(
  context: IdentityContext,
  domainId: string,
): Promise<PolicyView[]> {
  const { queries } = context.database;
  return viewsOf(context, (await listCustomPolicies(queries, domainId)).filter(isPolicyRole));
}

export async function viewsOf(
  context: IdentityContext,
  roles: readonly PolicyRole[],
): Promise<PolicyView[]> {
  const ids = roles.map(({ id }) => id);
  const counts = await countAssignmentsOfRoles(context.database.queries, ids);
  return roles.map((role) => ({ role, references: counts.get(role.id) ?? 0 }));
}
