import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { type Role, withImplied } from './role.ts';
import { deleteInference, insertInference, listInferences } from './store.ts';

/** Two roles, of which the first may imply the second. */
export interface RolePair {
  prior: Role;
  implied: Role;
}

/** Throws RoleImpliesItself when the rules would form a circle. */
export function implyRole(context: IdentityContext, pair: Allowed<RolePair>): Promise<void> {
  const { prior, implied } = pair;
  return changeIdentity(context, async (tx) => {
    const following = withImplied([implied.id], await listInferences(tx));
    if (following.includes(prior.id)) throw identityErrors.roleImpliesItself();
    await insertInference(tx, { priorRoleId: prior.id, impliedRoleId: implied.id });
  });
}

/** Throws ImpliedRoleNotFound. */
export function stopImplying(context: IdentityContext, pair: Allowed<RolePair>): Promise<void> {
  const { prior, implied } = pair;
  return changeIdentity(context, async (tx) => {
    const inference = { priorRoleId: prior.id, impliedRoleId: implied.id };
    const existed = await deleteInference(tx, inference);
    if (!existed) throw identityErrors.impliedRoleNotFound({ id: implied.id });
  });
}

/** Throws ImpliedRoleNotFound. */
export async function checkImplied(
  context: IdentityContext,
  { prior, implied }: Allowed<RolePair>,
): Promise<void> {
  const inferences = await listInferences(context.database.queries);
  const found = inferences.some(
    (rule) => rule.priorRoleId === prior.id && rule.impliedRoleId === implied.id,
  );
  if (!found) throw identityErrors.impliedRoleNotFound({ id: implied.id });
}
