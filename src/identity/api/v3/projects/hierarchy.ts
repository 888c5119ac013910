import { type Static, Type } from 'typebox';
import { identityErrors } from '../../../errors.ts';
import type { Hierarchy } from '../../../projects/hierarchy.ts';
import { isTrue } from '../lists.ts';
import { projectBody } from './wire.ts';

/** What may be shown of the tree beside the project itself. */
export const hierarchyParameters = {
  parents_as_list: Type.Optional(Type.String()),
  parents_as_ids: Type.Optional(Type.String()),
  subtree_as_list: Type.Optional(Type.String()),
  subtree_as_ids: Type.Optional(Type.String()),
};

const Query = Type.Object(hierarchyParameters);

/** Throws ValidationError for two forms of the same. */
export async function hierarchyMembers(
  query: Static<typeof Query>,
  hierarchy: Hierarchy,
  root: string,
): Promise<Record<string, unknown>> {
  const members: Record<string, unknown> = {};
  const listed = (projects: Awaited<ReturnType<Hierarchy['parents']>>) =>
    projects.map((project) => ({ project: projectBody(project, root) }));
  refuseBoth(query, 'parents_as_list', 'parents_as_ids');
  refuseBoth(query, 'subtree_as_list', 'subtree_as_ids');
  if (isTrue(query.parents_as_list)) members.parents = listed(await hierarchy.parents());
  if (isTrue(query.parents_as_ids)) members.parents = await hierarchy.parentIds();
  if (isTrue(query.subtree_as_list)) members.subtree = listed(await hierarchy.subtree());
  if (isTrue(query.subtree_as_ids)) members.subtree = await hierarchy.subtreeIds();
  return members;
}

function refuseBoth(
  query: Static<typeof Query>,
  list: keyof Static<typeof Query>,
  ids: keyof Static<typeof Query>,
): void {
  if (!isTrue(query[list]) || !isTrue(query[ids])) return;
  throw identityErrors.invalid({ reason: `Use either ${list} or ${ids}, not both.` });
}
