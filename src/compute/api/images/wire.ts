import { Type } from 'typebox';
import { isoSeconds } from '#base/clock.ts';
import { parseBoolean } from '#compute/api/booleans.ts';
import { type LinkBases, linkBasesOf, linksSchema, resourceLinks } from '#compute/api/links.ts';
import { linkSchema } from '#compute/api/paging.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';
import type { Image, ImageStatus } from '#image/service.ts';

export interface ImageLinkBases extends LinkBases {
  /** Where the image service shows its images. */
  images: string;
}

export function imageLinkBases(call: Pick<Call<unknown, unknown, unknown>, 'root' | 'origin'>) {
  return { ...linkBasesOf(call), images: `${call.origin}/image/v2/images` };
}

/** Table 7-1: how far Glance's word says an image is, in compute's words and in percent. */
const progressOf: Readonly<Record<ImageStatus, readonly [status: string, percent: number]>> = {
  queued: ['SAVING', 25],
  saving: ['SAVING', 50],
  active: ['ACTIVE', 100],
  deactivated: ['UNKNOWN', 0],
};

type Field = WireField<Image, ImageLinkBases>;

const text = Type.String();
const alternate = Type.Object({ ...linkSchema.properties, type: Type.Optional(text) });

const id: Field = { name: 'id', schema: text, value: (image) => image.id };
const name: Field = {
  name: 'name',
  schema: Type.Union([text, Type.Null()]),
  value: (image) => image.name,
};
const links: Field = {
  name: 'links',
  schema: Type.Array(alternate),
  value: (image, bases) => [
    ...resourceLinks(bases, 'images', image.id),
    {
      rel: 'alternate',
      type: 'application/vnd.openstack.image',
      href: `${bases.images}/${image.id}`,
    },
  ],
};

export const imageSummaryWire = new Wire<Image, ImageLinkBases>([id, links, name]);

export const imageWire = new Wire<Image, ImageLinkBases>([
  {
    name: 'OS-DCF:diskConfig',
    schema: Type.Enum(['AUTO', 'MANUAL']),
    optional: true,
    value: (image) => diskConfigOf(image.properties.auto_disk_config),
  },
  {
    name: 'OS-EXT-IMG-SIZE:size',
    schema: Type.Integer(),
    value: (image) => image.sizeBytes ?? 0,
  },
  { name: 'created', schema: text, value: (image) => isoSeconds(image.createdMs) },
  id,
  links,
  {
    name: 'metadata',
    // Nova lets other image services answer null; ours has no such value.
    schema: Type.Record(text, Type.Union([text, Type.Null()])),
    value: (image) => image.properties,
  },
  { name: 'minDisk', schema: Type.Integer(), value: (image) => image.minDiskGib },
  { name: 'minRam', schema: Type.Integer(), value: (image) => image.minRamMib },
  name,
  { name: 'progress', schema: Type.Integer(), value: (image) => progressOf[image.status][1] },
  {
    name: 'server',
    schema: Type.Object({ id: text, links: linksSchema }, { additionalProperties: false }),
    optional: true,
    value: (image, bases) => serverOf(image.properties.instance_uuid, bases),
  },
  { name: 'status', schema: text, value: (image) => progressOf[image.status][0] },
  { name: 'updated', schema: text, value: (image) => isoSeconds(image.updatedMs) },
]);

function diskConfigOf(property: string | undefined): string | undefined {
  if (property === undefined) return undefined;
  return parseBoolean(property) ? 'AUTO' : 'MANUAL';
}

/** A snapshot knows the server that it was taken of. */
function serverOf(serverId: string | undefined, bases: LinkBases): object | undefined {
  if (serverId === undefined) return undefined;
  return { id: serverId, links: resourceLinks(bases, 'servers', serverId) };
}
