import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import { rolesOn } from '../assignments/roles-on.ts';
import type { Project } from '../projects/project.ts';
import type { HeldRole } from '../roles/role.ts';
import { rolesOfCredential } from './delegated-roles.ts';
import { findCredential } from './store.ts';

/**
 * What the holder of a plain token, or of one of an application credential, has on a project and
 * may therefore pass on. A credential has nothing but on its own project.
 */
export async function rolesOfActor(
  db: Queries,
  actor: Actor,
  project: Project,
): Promise<HeldRole[]> {
  const { delegation } = actor;
  const held = await rolesOn(db, actor.userId, project);
  if (!delegation) return held;
  if (delegation.kind !== 'application-credential') return [];
  const credential = await findCredential(db, delegation.id);
  if (credential?.projectId !== project.id) return [];
  return rolesOfCredential(db, credential, held);
}
