import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { isImmutable } from '../extras.ts';
import { recordRevocation } from '../revocations/record.ts';
import { clearDefaultProject } from '../users/store.ts';
import type { Project } from './project.ts';
import { deleteProjectRow, findProject, hasChildren } from './store.ts';

/**
 * Its tokens and role assignments go too; what other services keep for the project stays, as
 * with Keystone. Throws ProjectHasChildren, ResourceImmutable.
 */
export function deleteProject(context: IdentityContext, project: Allowed<Project>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const now = await findProject(tx, project.id);
    if (now && isImmutable(now))
      throw identityErrors.immutable({ noun: 'project', id: project.id });
    if (await hasChildren(tx, project.id, { onlyEnabled: false })) {
      throw identityErrors.projectHasChildren({ id: project.id });
    }
    await clearDefaultProject(tx, project.id);
    await deleteProjectRow(tx, project.id);
    await recordRevocation(context, tx, { projectId: project.id });
  });
}
