import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { dropUnsupportedCredentials } from '../application-credentials/drop-unsupported.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { checkMayGiveRole } from '../policies/may-give.ts';
import { type Role, withImplied } from './role.ts';
import { deleteInference, insertInference, listInferences } from './store.ts';

/** Two roles, of which the first may imply the second. */
export interface RolePair {
  prior: Role;
  implied: Role;
}

/**
 * Throws RoleImpliesItself when the rules would form a circle, and InvalidImpliedRole as Keystone
 * does: for `admin`, and for a domain's own role behind one that holds everywhere.
 */
export function implyRole(
  context: IdentityContext,
  actor: Actor,
  pair: Allowed<RolePair>,
): Promise<void> {
  const { prior, implied } = pair;
  const leavesItsDomain = prior.domainId === null && implied.domainId !== null;
  if (implied.name.toLowerCase() === 'admin' || leavesItsDomain) {
    throw identityErrors.roleCanNotBeImplied({ id: implied.id });
  }
  return changeIdentity(context, async (tx) => {
    // What it will mean depends on where the first is, or will be, held.
    for (const scope of ['project', 'domain', 'system'] as const) {
      await checkMayGiveRole(tx, actor, { roleId: implied.id, scope }, context.rules());
    }
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
    const roleIds = withImplied([implied.id], await listInferences(tx));
    await dropUnsupportedCredentials(tx, { roleIds });
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
