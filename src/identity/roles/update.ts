import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { isImmutable, type JsonObject, mergeMembers, saysOnlyImmutable } from '../extras.ts';
import type { Role } from './role.ts';
import { findRole, findRoleByName, replaceRole } from './store.ts';

/** Absent members stay as they are. */
export interface RoleChange {
  name?: string | undefined;
  description?: string | null | undefined;
  options: JsonObject;
  extra: JsonObject;
}

/** Throws Conflict, or ResourceImmutable unless the change says that option and nothing else. */
export async function updateRole(
  context: IdentityContext,
  target: Allowed<Role>,
  change: RoleChange,
): Promise<Role> {
  return changeIdentity(context, async (tx) => {
    const before = await findRole(tx, target.id);
    if (!before) throw identityErrors.roleNotFound({ id: target.id });
    const options = mergeMembers(before.options, change.options);
    const isKept = isImmutable(before) && !saysOnlyImmutable(change);
    if (isKept || before.systemPolicy !== null) {
      throw identityErrors.immutable({ noun: 'role', id: before.id });
    }
    const role: Role = {
      ...before,
      name: change.name ?? before.name,
      description: change.description === undefined ? before.description : change.description,
      options,
      extra: mergeMembers(before.extra, change.extra),
    };
    if (role.name !== before.name && (await findRoleByName(tx, role.domainId, role.name))) {
      throw identityErrors.nameTaken({ noun: 'role', ...role });
    }
    await replaceRole(tx, role);
    return role;
  });
}
