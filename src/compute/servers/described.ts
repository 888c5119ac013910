import { tagsOf } from '#compute/server-tags/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import { requireActionsOn } from '#policy/engine.ts';
import { type Thing, tagsByKey } from '#policy/things.ts';
import type { Server } from './server.ts';

/** What a server is to policy: an `instance` with its tags as they are right now. */
export async function describeServer(
  { database }: Pick<ComputeService, 'database'>,
  { id, projectId }: Pick<Server, 'id' | 'projectId'>,
): Promise<Thing> {
  const tags = await tagsOf(database.queries, [id]);
  return { type: 'instance', id, projectId, tags: tagsByKey(tags.get(id) ?? []) };
}

/** For what only some may ask of a server besides: another right than the endpoint's to it. */
export async function requireOnServer(
  service: Pick<ComputeService, 'database' | 'identity'>,
  actor: Actor,
  server: Server,
  action: string,
): Promise<void> {
  await requireActionsOn(actor, [action], () => describeServer(service, server), service.identity);
}
