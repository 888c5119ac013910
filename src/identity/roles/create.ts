import { changeIdentity, type IdentityContext } from '../context.ts';
import { requireDomain } from '../domains/require.ts';
import { identityErrors } from '../errors.ts';
import type { Role } from './role.ts';
import { findRoleByName, insertRole } from './store.ts';

/** Throws DomainNotFound, or Conflict when the name is taken among roles of the same reach. */
export async function createRole(
  context: IdentityContext,
  request: Omit<Role, 'id' | 'systemPolicy' | 'customPolicy'>,
): Promise<Role> {
  const plain = { systemPolicy: null, customPolicy: null };
  const role: Role = { ...request, ...plain, id: context.ids.hex() };
  await changeIdentity(context, async (tx) => {
    if (role.domainId !== null) await requireDomain(tx, role.domainId);
    if (await findRoleByName(tx, role.domainId, role.name)) {
      throw identityErrors.nameTaken({ noun: 'role', ...role });
    }
    await insertRole(tx, role);
  });
  return role;
}
