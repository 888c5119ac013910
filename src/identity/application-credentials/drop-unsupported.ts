import type { Queries } from '#db/database.ts';
import { rolesOn } from '../assignments/roles-on.ts';
import { findProject } from '../projects/store.ts';
import type { ApplicationCredential } from './credential.ts';
import {
  type CredentialFilters,
  deleteCredential,
  findCredential,
  listCredentialIds,
} from './store.ts';

/** Whether its user still has on its project every role that it was given. */
export async function isSupported(
  db: Queries,
  credential: ApplicationCredential,
): Promise<boolean> {
  const { roles, userId } = credential;
  const project = await findProject(db, credential.projectId);
  if (!project || roles.length === 0) return false;
  const held = await rolesOn(db, userId, project);
  return roles.every((role) => held.some(({ id }) => id === role.id));
}

/**
 * After a role was taken from somebody: credentials that have it go, with their tokens, so that
 * they do not come back to life with the role.
 */
export async function dropUnsupportedCredentials(
  tx: Queries,
  filters: CredentialFilters,
): Promise<void> {
  for (const id of await listCredentialIds(tx, filters)) {
    const credential = await findCredential(tx, id);
    if (credential && !(await isSupported(tx, credential))) await deleteCredential(tx, id);
  }
}

/** Whatever their users still have. */
export async function dropCredentials(tx: Queries, filters: CredentialFilters): Promise<void> {
  for (const id of await listCredentialIds(tx, filters)) await deleteCredential(tx, id);
}
