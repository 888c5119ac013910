import { limitsOfProject } from '#compute/quotas/store.ts';
import { requireServer, requireUnlocked } from '#compute/servers/require-server.ts';
import type { Server } from '#compute/servers/server.ts';
import { updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { metadataErrors } from './errors.ts';
import { requireMetadataQuota } from './quota.ts';

export type Metadata = Readonly<Record<string, string>>;

/**
 * Gives the server these items and no others. The guest reads them from the metadata service.
 * @returns all items
 * @throws InstanceInvalidState, InstanceIsLocked (409), MetadataLimitExceeded (403)
 */
export function replaceMetadata(
  service: ComputeService,
  actor: Actor,
  allowed: Allowed<Server>,
  items: Metadata,
): Promise<Metadata> {
  return change(service, actor, allowed, () => items);
}

/** Sets these items and leaves the others as they are. @returns all items */
export function updateMetadata(
  service: ComputeService,
  actor: Actor,
  allowed: Allowed<Server>,
  items: Metadata,
): Promise<Metadata> {
  return change(service, actor, allowed, (current) => ({ ...current, ...items }));
}

async function change(
  service: ComputeService,
  actor: Actor,
  allowed: Allowed<Server>,
  next: (current: Metadata) => Metadata,
): Promise<Metadata> {
  return service.database.transaction(async (tx) => {
    const server = await requireServer(tx, allowed, 'update-metadata');
    requireUnlocked(server, actor);
    const items = next(server.metadata);
    const quota = await limitsOfProject(tx, server.projectId, service.quota);
    requireMetadataQuota(Object.keys(items).length, quota);
    await writeMetadata(service, tx, server.id, items);
    return items;
  });
}

/** @throws InstanceMetadataNotFound (404) and what the others throw */
export async function removeMetadataItem(
  service: ComputeService,
  actor: Actor,
  allowed: Allowed<Server>,
  key: string,
): Promise<void> {
  await service.database.transaction(async (tx) => {
    const server = await requireServer(tx, allowed, 'delete-metadata');
    requireUnlocked(server, actor);
    if (!Object.hasOwn(server.metadata, key)) throw metadataErrors.itemNotFound();
    const others = Object.entries(server.metadata).filter(([name]) => name !== key);
    await writeMetadata(service, tx, server.id, Object.fromEntries(others));
  });
}

async function writeMetadata(
  service: ComputeService,
  tx: Queries,
  serverId: string,
  items: Metadata,
): Promise<void> {
  await updateServer(tx, serverId, { metadata: JSON.stringify(items) }, service.clock.nowMs());
}
