import { isoSeconds } from '#base/clock.ts';
import type { Microversion } from '#base/microversion.ts';
import { Wire } from '#endpoints/wire.ts';
import type { Image } from '#image/images/image.ts';
import type { ImageMember } from '#image/members/member.ts';

/** The only version there is: Glance's v2 grew by additions that no client has to ask for. */
export const imageVersion: Microversion = { major: 2, minor: 9 };

const imageWire = new Wire<Image, null>([
  { name: 'name', value: (image) => image.name },
  { name: 'disk_format', value: (image) => image.diskFormat },
  { name: 'container_format', value: (image) => image.containerFormat },
  { name: 'visibility', value: (image) => image.visibility },
  { name: 'size', value: (image) => image.sizeBytes },
  { name: 'virtual_size', value: (image) => image.virtualSizeBytes },
  { name: 'status', value: (image) => image.status },
  { name: 'checksum', value: (image) => image.checksum },
  { name: 'protected', value: (image) => image.isProtected },
  { name: 'min_ram', value: (image) => image.minRamMib },
  { name: 'min_disk', value: (image) => image.minDiskGib },
  { name: 'owner', value: (image) => image.ownerId },
  { name: 'os_hidden', value: (image) => image.isHidden },
  { name: 'os_hash_algo', value: (image) => image.hashAlgorithm },
  { name: 'os_hash_value', value: (image) => image.hashValue },
  { name: 'id', value: (image) => image.id },
  { name: 'created_at', value: (image) => isoSeconds(image.createdMs) },
  { name: 'updated_at', value: (image) => isoSeconds(image.updatedMs) },
  { name: 'tags', value: (image) => image.tags },
  { name: 'self', value: (image) => `/v2/images/${image.id}` },
  { name: 'file', value: (image) => `/v2/images/${image.id}/file` },
  { name: 'schema', value: () => '/v2/schemas/image' },
]);

/** Free-form properties stand beside the attributes; no property can have an attribute's name. */
export function renderImage(image: Image): Record<string, unknown> {
  return { ...image.properties, ...imageWire.render(image, imageVersion, null) };
}

export function renderMember(member: ImageMember): Record<string, unknown> {
  return {
    member_id: member.memberId,
    image_id: member.imageId,
    status: member.status,
    created_at: isoSeconds(member.createdMs),
    updated_at: isoSeconds(member.updatedMs),
    schema: '/v2/schemas/member',
  };
}
