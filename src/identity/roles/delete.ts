import type { Allowed } from '#policy/engine.ts';
import {
  dropCredentials,
  dropUnsupportedCredentials,
} from '../application-credentials/drop-unsupported.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { isImmutable } from '../extras.ts';
import { deleteTrustsWithRole } from '../trusts/store.ts';
import { type Role, withImplied } from './role.ts';
import { deleteRoleRow, findRole, listInferences } from './store.ts';

/** Everyone who had the role loses it at once. Throws ResourceImmutable. */
export function deleteRole(context: IdentityContext, target: Allowed<Role>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const role = await findRole(tx, target.id);
    if (!role) throw identityErrors.roleNotFound({ id: target.id });
    if (isImmutable(role) || role.systemPolicy !== null)
      throw identityErrors.immutable({ noun: 'role', id: role.id });
    const roleIds = withImplied([role.id], await listInferences(tx));
    await dropCredentials(tx, { roleIds: [role.id] });
    await deleteTrustsWithRole(tx, role.id);
    await deleteRoleRow(tx, role.id);
    await dropUnsupportedCredentials(tx, { roleIds });
  });
}
