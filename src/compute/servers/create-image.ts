import { imageProxyErrors } from '#compute/images/errors.ts';
import type { SnapshotServerInput } from '#compute/operations/snapshot-server.ts';
import { limitsOfProject } from '#compute/quotas/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { systemActor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';
import type { ServerAction } from './states.ts';

export interface WantedImage {
  name: string;
  metadata: Readonly<Record<string, string>>;
  /** Up to 2.38 as much metadata as a server may have; since then the image service counts. */
  isMetadataCounted: boolean;
}

export interface WantedBackup extends WantedImage {
  backupType: string;
  /** As many of the type as are kept; 0 keeps none, not even this one. */
  rotation: number;
}

/** Properties that say how the image came about, and would be wrong of another. */
const notInherited = /^(disk_format$|cache_in_nova$|bittorrent$|img_signature|os_glance_)/;

/**
 * Makes an image of the server's root disk as it is now.
 * @returns the image's id; it is `queued` until its data come
 * @throws InstanceInvalidState (409), ImageMetadataLimitExceeded (403)
 */
export function createServerImage(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
  wanted: WantedImage,
): Promise<string> {
  return take(service, asked, server, 'create-image', wanted, 'snapshot', null);
}

/** The same, and afterwards only the newest of that type are kept. */
export function createServerBackup(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
  wanted: WantedBackup,
): Promise<string> {
  return take(service, asked, server, 'create-backup', wanted, 'backup', wanted);
}

async function take(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  action: ServerAction,
  wanted: WantedImage,
  imageType: 'snapshot' | 'backup',
  backup: WantedBackup | null,
): Promise<string> {
  const imageId = service.ids.uuid();
  const input: SnapshotServerInput = {
    imageId,
    backup: backup && { type: backup.backupType, rotation: backup.rotation },
  };
  const minRamMib = (await service.images.find(allowed.imageId))?.minRamMib ?? 0;
  await actOnServer(service, asked, allowed, {
    action,
    recordedAs: action === 'create-image' ? 'createImage' : 'createBackup',
    operation: { kind: action === 'create-image' ? 'snapshot-server' : 'backup-server', input },
    claim: async (tx, server) => {
      if (wanted.isMetadataCounted) {
        const quota = await limitsOfProject(tx, server.projectId, service.quota);
        const allowedItems = quota.metadataItems;
        if (allowedItems >= 0 && Object.keys(wanted.metadata).length > allowedItems) {
          throw imageProxyErrors.tooManyItems({ allowed: allowedItems });
        }
      }
      await service.images.record(tx, systemActor(server.projectId), {
        ...propertiesOf(server, asked, imageType),
        ...(backup && { backup_type: backup.backupType }),
        ...wanted.metadata,
        id: imageId,
        name: wanted.name,
        visibility: 'private',
        min_disk: server.flavor.diskGib,
        min_ram: minRamMib,
      });
      return {};
    },
  });
  return imageId;
}

function propertiesOf(server: Server, asked: Asked, imageType: string): Record<string, string> {
  const own = Object.entries(server.imageProperties).filter(([name]) => !notInherited.test(name));
  return {
    ...Object.fromEntries(own),
    image_type: imageType,
    instance_uuid: server.id,
    base_image_ref: server.imageId,
    user_id: asked.actor.userId,
    owner_id: server.projectId,
    image_location: 'snapshot',
    image_state: 'available',
  };
}
