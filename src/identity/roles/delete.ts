import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { isImmutable } from '../extras.ts';
import type { Role } from './role.ts';
import { deleteRoleRow, findRole } from './store.ts';

/** Everyone who had the role loses it at once. Throws ResourceImmutable. */
export function deleteRole(context: IdentityContext, target: Allowed<Role>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const role = await findRole(tx, target.id);
    if (!role) throw identityErrors.roleNotFound({ id: target.id });
    if (isImmutable(role)) throw identityErrors.immutable({ noun: 'role', id: role.id });
    await deleteRoleRow(tx, role.id);
  });
}
