import type { IdentityContext } from '../context.ts';
import type { Page, PageRequest } from '../listing/page.ts';
import type { Role } from './role.ts';
import { listInferences, listRoleRows, listRolesById, type RoleFilters } from './store.ts';

/** By name. */
export function listRoles(
  context: IdentityContext,
  filters: RoleFilters,
  page: PageRequest,
): Promise<Page<Role>> {
  return listRoleRows(context.database.queries, filters, page);
}

/** A role and those that follow from it directly. */
export interface InferenceRule {
  prior: Role;
  implied: Role[];
}

/** The rules of one role, or of all roles that have any. */
export async function listInferenceRules(
  context: IdentityContext,
  priorRoleId?: string,
): Promise<InferenceRule[]> {
  const { queries } = context.database;
  const inferences = (await listInferences(queries)).filter(
    (rule) => priorRoleId === undefined || rule.priorRoleId === priorRoleId,
  );
  const ids = inferences.flatMap((rule) => [rule.priorRoleId, rule.impliedRoleId]);
  const roles = await listRolesById(queries, [...new Set(ids)]);
  return roles
    .map((prior) => ({
      prior,
      implied: roles.filter((role) =>
        inferences.some((rule) => rule.priorRoleId === prior.id && rule.impliedRoleId === role.id),
      ),
    }))
    .filter((rule) => rule.implied.length > 0);
}
