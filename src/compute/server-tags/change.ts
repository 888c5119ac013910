import { limits } from '#base/limits.ts';
import { requireServer } from '#compute/servers/require-server.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { tagErrors } from './errors.ts';
import { countTags, deleteTag, deleteTags, hasTag, insertTags, tagsOf } from './store.ts';

/** Gives the server these tags and no others. @returns them as they are now, sorted. */
export async function replaceTags(
  service: ComputeService,
  allowed: Allowed<Server>,
  tags: readonly string[],
): Promise<string[]> {
  return service.database.transaction(async (tx) => {
    const { id } = await requireServer(tx, allowed, 'update-tags');
    await deleteTags(tx, id);
    await insertTags(tx, id, tags);
    return (await tagsOf(tx, [id])).get(id) ?? [];
  });
}

/**
 * @returns false when the server has the tag already
 * @throws ServerTagLimitExceeded (400)
 */
export async function addTag(
  service: ComputeService,
  allowed: Allowed<Server>,
  tag: string,
): Promise<boolean> {
  return service.database.transaction(async (tx) => {
    const { id } = await requireServer(tx, allowed, 'update-tags');
    if (await hasTag(tx, id, tag)) return false;
    if ((await countTags(tx, id)) >= limits.serverTags) throw tagErrors.tooMany();
    await insertTags(tx, id, [tag]);
    return true;
  });
}

/** @throws ServerTagNotFound (404) */
export async function removeTag(
  service: ComputeService,
  allowed: Allowed<Server>,
  tag: string,
): Promise<void> {
  await service.database.transaction(async (tx) => {
    const { id } = await requireServer(tx, allowed, 'delete-tags');
    if (!(await deleteTag(tx, id, tag))) throw tagErrors.notFound({ id, tag });
  });
}

export async function removeTags(service: ComputeService, allowed: Allowed<Server>): Promise<void> {
  await service.database.transaction(async (tx) => {
    const { id } = await requireServer(tx, allowed, 'delete-tags');
    await deleteTags(tx, id);
  });
}
