import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { limits } from '#base/limits.ts';
import { imageErrors } from '#image/errors.ts';
import {
  containerFormats,
  diskFormats,
  type Image,
  type ImageVisibility,
  visibilities,
} from './image.ts';

/** An image while a request shapes it. */
export type ImageDraft = { -readonly [Name in keyof Image]: Image[Name] } & {
  properties: Record<string, string>;
};

/** PostgreSQL stores no NUL in text, so that no name or value may hold one. */
const withoutNul = '^[^\\u0000]*$';
const text = (maxLength: number) => Type.String({ maxLength, pattern: withoutNul });
const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const oneOf = (names: readonly string[]) => nullable(Type.String({ enum: [...names] }));
const count = Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 });

interface Attribute {
  schema: TSchema;
  set(draft: ImageDraft, value: unknown): void;
}

function attribute<Schema extends TSchema>(
  schema: Schema,
  set: (draft: ImageDraft, value: Static<Schema>) => void,
): Attribute {
  return { schema, set: set as Attribute['set'] };
}

/** The attributes that a client may set, under the names of the wire. */
export const settableAttributes = {
  name: attribute(nullable(text(255)), (draft, value) => {
    draft.name = value;
  }),
  visibility: attribute(Type.String({ enum: [...visibilities] }), (draft, value) => {
    draft.visibility = value as ImageVisibility;
  }),
  protected: attribute(Type.Boolean(), (draft, value) => {
    draft.isProtected = value;
  }),
  os_hidden: attribute(Type.Boolean(), (draft, value) => {
    draft.isHidden = value;
  }),
  owner: attribute(nullable(text(255)), (draft, value) => {
    draft.ownerId = value;
  }),
  container_format: attribute(oneOf(containerFormats), (draft, value) => {
    draft.containerFormat = value;
  }),
  disk_format: attribute(oneOf(diskFormats), (draft, value) => {
    draft.diskFormat = value;
  }),
  min_ram: attribute(count, (draft, value) => {
    draft.minRamMib = value;
  }),
  min_disk: attribute(count, (draft, value) => {
    draft.minDiskGib = value;
  }),
  tags: attribute(Type.Array(text(255)), (draft, value) => {
    draft.tags = [...new Set(value)];
  }),
};

const settable = new Map<string, Attribute>(Object.entries(settableAttributes));
export const propertyValue = text(limits.imagePropertyChars);
const propertyName = Type.String({ minLength: 1, maxLength: 255, pattern: withoutNul });

const readOnlyNames = new Set([
  'created_at',
  'updated_at',
  'status',
  'checksum',
  'size',
  'virtual_size',
  'direct_url',
  'self',
  'file',
  'schema',
  'stores',
  'id',
  'os_hash_algo',
  'os_hash_value',
]);
const reservedNames = new Set(['location', 'deleted', 'deleted_at']);

/** Throws for the names that only the service itself gives values to. */
export function refuseUnsettable(name: string): void {
  if (readOnlyNames.has(name)) throw imageErrors.attributeReadOnly({ name });
  if (reservedNames.has(name) || name.startsWith('os_glance_')) {
    throw imageErrors.attributeReserved({ name });
  }
  if (name === 'locations') throw imageErrors.locationsHidden();
}

export function isBaseAttribute(name: string): boolean {
  return settable.has(name);
}

/** Sets an attribute or, for any other name, a free-form property; throws for an unfit value. */
export function setAttribute(draft: ImageDraft, name: string, value: unknown): void {
  refuseUnsettable(name);
  const base = settable.get(name);
  const fits = Value.Check(base?.schema ?? propertyValue, value);
  if (!fits || !Value.Check(propertyName, name)) {
    const sentence =
      `Provided object does not match schema 'image': the value of ` +
      `'${name.slice(0, 255)}' is not valid`;
    throw imageErrors.parameterInvalid({ sentence });
  }
  if (base) base.set(draft, value);
  else draft.properties = { ...draft.properties, [name]: value as string };
}

export function removeProperty(draft: ImageDraft, name: string): void {
  refuseUnsettable(name);
  if (isBaseAttribute(name)) throw imageErrors.baseNotRemovable({ name });
  if (!Object.hasOwn(draft.properties, name)) throw imageErrors.propertyAbsent({ name });
  const { [name]: _removed, ...kept } = draft.properties;
  draft.properties = kept;
}

/** Glance's quotas of one image. */
export function checkQuotas(draft: ImageDraft): void {
  const attempts = [
    { what: 'tags', attempted: draft.tags.length, maximum: limits.imageTags },
    {
      what: 'properties',
      attempted: Object.keys(draft.properties).length,
      maximum: limits.imageProperties,
    },
  ];
  for (const attempt of attempts) {
    if (attempt.attempted > attempt.maximum) throw imageErrors.tooMany(attempt);
  }
}
