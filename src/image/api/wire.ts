import { Type } from 'typebox';
import { isoSeconds } from '#base/clock.ts';
import type { Microversion } from '#base/microversion.ts';
import { Wire } from '#endpoints/wire.ts';
import type { Image } from '#image/images/image.ts';
import type { ImageMember } from '#image/members/member.ts';

/** The only version there is: Glance's v2 grew by additions that no client has to ask for. */
export const imageVersion: Microversion = { major: 2, minor: 9 };

const text = Type.String();
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const countOrNull = Type.Union([Type.Integer(), Type.Null()]);

const imageWire = new Wire<Image, null>([
  { name: 'name', schema: textOrNull, value: (image) => image.name },
  { name: 'disk_format', schema: textOrNull, value: (image) => image.diskFormat },
  { name: 'container_format', schema: textOrNull, value: (image) => image.containerFormat },
  { name: 'visibility', schema: text, value: (image) => image.visibility },
  { name: 'size', schema: countOrNull, value: (image) => image.sizeBytes },
  { name: 'virtual_size', schema: countOrNull, value: (image) => image.virtualSizeBytes },
  { name: 'status', schema: text, value: (image) => image.status },
  { name: 'checksum', schema: textOrNull, value: (image) => image.checksum },
  { name: 'protected', schema: Type.Boolean(), value: (image) => image.isProtected },
  { name: 'min_ram', schema: Type.Integer(), value: (image) => image.minRamMib },
  { name: 'min_disk', schema: Type.Integer(), value: (image) => image.minDiskGib },
  { name: 'owner', schema: textOrNull, value: (image) => image.ownerId },
  { name: 'os_hidden', schema: Type.Boolean(), value: (image) => image.isHidden },
  { name: 'os_hash_algo', schema: textOrNull, value: (image) => image.hashAlgorithm },
  { name: 'os_hash_value', schema: textOrNull, value: (image) => image.hashValue },
  { name: 'id', schema: text, value: (image) => image.id },
  { name: 'created_at', schema: text, value: (image) => isoSeconds(image.createdMs) },
  { name: 'updated_at', schema: text, value: (image) => isoSeconds(image.updatedMs) },
  { name: 'tags', schema: Type.Array(text), value: (image) => image.tags },
  { name: 'self', schema: text, value: (image) => `/v2/images/${image.id}` },
  { name: 'file', schema: text, value: (image) => `/v2/images/${image.id}/file` },
  { name: 'schema', schema: text, value: () => '/v2/schemas/image' },
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
