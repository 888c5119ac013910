import { limits } from '#base/limits.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import type { Project } from './project.ts';
import { findProject, replaceProject } from './store.ts';
import { changedProject } from './update.ts';

/** The order given is kept. Throws ResourceImmutable. */
export function replaceTags(
  context: IdentityContext,
  project: Allowed<Project>,
  tags: string[],
): Promise<string[]> {
  return changeTags(context, project, () => tags);
}

/** Adding a tag twice is adding it once. Throws ValidationError when there are too many. */
export async function addTag(
  context: IdentityContext,
  project: Allowed<Project>,
  tag: string,
): Promise<void> {
  await changeTags(context, project, (tags) => [...new Set([...tags, tag])]);
}

/** Throws ProjectTagNotFound. */
export async function removeTag(
  context: IdentityContext,
  project: Allowed<Project>,
  tag: string,
): Promise<void> {
  await changeTags(context, project, (tags) => {
    if (!tags.includes(tag)) throw identityErrors.tagNotFound({ id: tag });
    return tags.filter((other) => other !== tag);
  });
}

function changeTags(
  context: IdentityContext,
  target: Allowed<Project>,
  change: (tags: string[]) => string[],
): Promise<string[]> {
  return changeIdentity(context, async (tx) => {
    const before = await findProject(tx, target.id);
    if (!before) throw identityErrors.projectNotFound({ id: target.id });
    const tags = change(before.tags);
    if (tags.length > limits.projectTags) {
      throw identityErrors.invalid({ reason: `At most ${limits.projectTags} tags are kept.` });
    }
    const noun = before.isDomain ? 'domain' : 'project';
    await replaceProject(tx, changedProject(before, { tags, options: {}, extra: {} }, noun));
    return tags;
  });
}
