import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { isImmutable, type JsonObject, mergeMembers, saysOnlyImmutable } from '../extras.ts';
import { recordRevocation } from '../revocations/record.ts';
import { deleteTokensOfProject } from '../tokens/store.ts';
import type { Project } from './project.ts';
import {
  findProject,
  findProjectByName,
  hasChildren,
  listAncestors,
  replaceProject,
} from './store.ts';

/** Absent members stay as they are. */
export interface ProjectChange {
  name?: string | undefined;
  description?: string | undefined;
  isEnabled?: boolean | undefined;
  tags?: string[] | undefined;
  options: JsonObject;
  extra: JsonObject;
}

/** Disabling a project ends its tokens. Throws Conflict, ResourceImmutable, ChildrenEnabled. */
export async function updateProject(
  context: IdentityContext,
  target: Allowed<Project>,
  change: ProjectChange,
): Promise<Project> {
  return changeIdentity(context, async (tx) => {
    const before = await findProject(tx, target.id);
    if (!before || before.isDomain) throw identityErrors.projectNotFound({ id: target.id });
    const project = changedProject(before, change, 'project');
    const taken =
      project.name !== before.name &&
      (await findProjectByName(tx, project.domainId ?? '', project.name));
    if (taken) throw identityErrors.nameTaken({ noun: 'project', ...project });
    await checkTree(tx, before, project);
    await replaceProject(tx, project);
    if (!project.isEnabled) {
      await deleteTokensOfProject(tx, project.id);
      if (before.isEnabled) await recordRevocation(context, tx, { projectId: project.id });
    }
    return project;
  });
}

/** Throws ResourceImmutable unless the change says that option and nothing else. */
export function changedProject(before: Project, change: ProjectChange, noun: string): Project {
  const options = mergeMembers(before.options, change.options);
  if (isImmutable(before) && !saysOnlyImmutable(change)) {
    throw identityErrors.immutable({ noun, id: before.id });
  }
  return {
    ...before,
    name: change.name ?? before.name,
    description: change.description ?? before.description,
    isEnabled: change.isEnabled ?? before.isEnabled,
    tags: change.tags ?? before.tags,
    options,
    extra: mergeMembers(before.extra, change.extra),
  };
}

async function checkTree(tx: Queries, before: Project, after: Project): Promise<void> {
  if (before.isEnabled === after.isEnabled) return;
  if (!after.isEnabled && (await hasChildren(tx, after.id, { onlyEnabled: true }))) {
    throw identityErrors.childrenEnabled({ id: after.id });
  }
  if (!after.isEnabled) return;
  const disabled = (await listAncestors(tx, after)).find((project) => !project.isEnabled);
  if (disabled) throw identityErrors.parentDisabled({ id: disabled.id });
}
