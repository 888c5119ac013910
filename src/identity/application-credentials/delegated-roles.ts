import type { Queries } from '#db/database.ts';
import { type HeldRole, withImplied } from '../roles/role.ts';
import { listInferences } from '../roles/store.ts';
import type { ApplicationCredential } from './credential.ts';

export function isExpired(credential: ApplicationCredential, nowMs: number): boolean {
  return credential.expiresMs !== null && credential.expiresMs <= nowMs;
}

/**
 * The roles that a token of the credential has: those given, with what they imply, of those that
 * its user has now. None when the user lost one of those given: then it opens nothing.
 * @param held what the user has on the project, implied roles included
 */
export async function rolesOfCredential(
  db: Queries,
  credential: ApplicationCredential,
  held: readonly HeldRole[],
): Promise<HeldRole[]> {
  const given = credential.roles.map((role) => role.id);
  const heldIds = new Set(held.map((role) => role.id));
  if (!given.every((id) => heldIds.has(id))) return [];
  const wanted = new Set(withImplied(given, await listInferences(db)));
  return held.filter((role) => wanted.has(role.id));
}
