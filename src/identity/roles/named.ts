import type { Queries } from '#db/database.ts';
import { identityErrors } from '../errors.ts';
import type { Role } from './role.ts';
import { findRole, findRoleByName } from './store.ts';

/** A role as requests name it. */
export interface NamedRole {
  id?: string | undefined;
  /** Of a role that holds everywhere. */
  name?: string | undefined;
}

/** Without repetition. Throws RoleNotFound. */
export async function rolesNamed(db: Queries, named: readonly NamedRole[]): Promise<Role[]> {
  const found = new Map<string, Role>();
  for (const { id, name } of named) {
    const role =
      id === undefined ? await findRoleByName(db, null, name ?? '') : await findRole(db, id);
    if (!role) throw identityErrors.roleNotFound({ id: id ?? name ?? '' });
    found.set(role.id, role);
  }
  return [...found.values()];
}
