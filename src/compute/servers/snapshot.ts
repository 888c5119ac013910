import type { NewSnapshot } from '#image/service.ts';
import type { Server } from './server.ts';

/** What is said of one image and not of those that are made from it. */
const ownToImage: readonly RegExp[] = [
  /^(cache_in_nova|bittorrent|signature_verified|disk_format)$/,
  /^img_signature/,
];

/** The image of a server's disk, with the properties that Nova gives it. */
export function snapshotOf(
  server: Server,
  asked: { id: string; name: string; properties?: Readonly<Record<string, string>> },
): NewSnapshot {
  const inherited = Object.entries(server.imageProperties).filter(
    ([name]) => !ownToImage.some((pattern) => pattern.test(name)),
  );
  return {
    id: asked.id,
    name: asked.name,
    projectId: server.projectId,
    minDiskGib: server.flavor.diskGib,
    minRamMib: 0,
    properties: {
      ...Object.fromEntries(inherited),
      ...asked.properties,
      image_type: 'snapshot',
      instance_uuid: server.id,
      user_id: server.userId,
      owner_id: server.projectId,
      base_image_ref: server.imageId,
    },
  };
}
