import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { tagErrors } from './errors.ts';
import { hasTag, tagsOf } from './store.ts';

/** Sorted. */
export async function readTags(
  service: ComputeService,
  server: Allowed<Server>,
): Promise<string[]> {
  const tags = await tagsOf(service.database.queries, [server.id]);
  return tags.get(server.id) ?? [];
}

/** @throws ServerTagNotFound (404) */
export async function requireTag(
  service: ComputeService,
  server: Allowed<Server>,
  tag: string,
): Promise<void> {
  const { id } = server;
  if (!(await hasTag(service.database.queries, id, tag))) throw tagErrors.notFound({ id, tag });
}
