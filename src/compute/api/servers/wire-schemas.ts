import { Type } from 'typebox';
import { linksSchema } from '#compute/api/links.ts';

/** Shapes of the values that a server shows. */
export const text = Type.String();
export const textOrNull = Type.Union([Type.String(), Type.Null()]);
export const textMap = Type.Record(Type.String(), Type.String());

const closed = { additionalProperties: false };

/** What stands for an image where there is none. */
const noImage = Type.Literal('');

export const imageSchema = Type.Union([
  Type.Object({ id: text, links: linksSchema }, closed),
  noImage,
]);

export const imageWithProperties = Type.Union([
  Type.Object({ id: text, links: linksSchema, properties: textMap }, closed),
  noImage,
]);

export const flavorReference = Type.Object({ id: text, links: linksSchema }, closed);

/** From 2.47 on a server shows what its flavor was when it was made. */
export const flavorWhole = Type.Object(
  {
    vcpus: Type.Integer(),
    ram: Type.Integer(),
    disk: Type.Integer(),
    ephemeral: Type.Integer(),
    swap: Type.Integer(),
    original_name: text,
    extra_specs: textMap,
  },
  closed,
);

/** Networks by name, each with the addresses of its ports. */
export const addressesSchema = Type.Record(
  Type.String(),
  Type.Array(
    Type.Object(
      {
        version: Type.Integer(),
        addr: text,
        'OS-EXT-IPS:type': text,
        'OS-EXT-IPS-MAC:mac_addr': text,
      },
      closed,
    ),
  ),
);

export const plainAddressesSchema = Type.Record(
  Type.String(),
  Type.Array(Type.Object({ version: Type.Integer(), addr: text }, closed)),
);

export const groupNames = Type.Array(Type.Object({ name: text }, closed));

export const volumeIds = Type.Array(Type.Object({ id: text }, closed));

export const volumesAttached = Type.Array(
  Type.Object({ id: text, delete_on_termination: Type.Boolean() }, closed),
);

export const faultSchema = Type.Object(
  { code: Type.Integer(), created: text, message: text, details: Type.Optional(text) },
  closed,
);
