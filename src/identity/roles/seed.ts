import type { Queries } from '#db/database.ts';
import { systemPolicies } from '#policy/system-policies.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import type { Role } from './role.ts';
import { findRoleByName, insertInference, insertRole, listSystemRoles } from './store.ts';

/** Each implies the next. */
const ladder = ['admin', 'manager', 'member', 'reader'] as const;

/**
 * The roles that come with the cloud, as far as they are not there. A name that somebody took for
 * a role of theirs stays theirs: it must not grant more from one day to the other.
 */
export async function seedRoles(
  context: IdentityContext,
  tx: Queries,
): Promise<{ admin: Role; member: Role }> {
  const known = await listSystemRoles(tx);
  const made = new Set<string>();
  for (const { name, description } of systemPolicies) {
    if (known.has(name) || (await findRoleByName(tx, null, name))) continue;
    const role = newRole(context.ids.hex(), name, description);
    await insertRole(tx, role);
    known.set(name, role);
    made.add(name);
  }
  for (const [index, name] of ladder.slice(1).entries()) {
    const above = ladder[index] ?? name;
    const [prior, implied] = [known.get(above), known.get(name)];
    // Rules that an administrator took away are not put back.
    if (!prior || !implied || !(made.has(above) || made.has(name))) continue;
    await insertInference(tx, { priorRoleId: prior.id, impliedRoleId: implied.id });
  }
  const [admin, member] = [known.get('admin'), known.get('member')];
  if (!admin || !member) throw new Error('the names of the built-in roles are taken');
  return { admin, member };
}

/** For a cloud that was made before some role came with it. */
export async function seedLaterRoles(context: IdentityContext): Promise<void> {
  const known = await listSystemRoles(context.database.queries);
  if (systemPolicies.every(({ name }) => known.has(name))) return;
  await changeIdentity(context, (tx) => seedRoles(context, tx));
}

/** Immutable, as Keystone's bootstrap makes them. */
function newRole(id: string, name: string, description: string): Role {
  return {
    id,
    domainId: null,
    name,
    description,
    options: { immutable: true },
    extra: {},
    systemPolicy: name,
    customPolicy: null,
  };
}
