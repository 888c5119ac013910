import { Type } from 'typebox';

const truths = [true, 'true', 'True', 'TRUE', 1, '1'];
const falsehoods = [false, 'false', 'False', 'FALSE', 0, '0'];

/** Neutron takes booleans in all the ways in which clients happen to write them. */
export const BooleanValue = Type.Unsafe<boolean | string | number>({
  enum: [...truths, ...falsehoods],
  description: 'A boolean, or its name as text.',
});

/** For what is always so: clients may say it, but not the opposite. */
export const TrueValue = Type.Unsafe<boolean | string | number>({ enum: truths });

export function toBoolean(value: boolean | string | number | undefined): boolean | undefined {
  return value === undefined ? undefined : truths.includes(value);
}

/** A number, also as text: the command-line client sends some of its options unparsed. */
export const IntegerValue = Type.Union([
  Type.Integer(),
  Type.String({ pattern: '^\\d{1,9}$', maxLength: 9 }),
]);

/** PostgreSQL keeps no NUL in a text. */
const pattern = '^[^\\u0000]*$';

export const Name = Type.String({ maxLength: 255, pattern });

/** An id is any text until it is looked up. */
export const Id = Type.String({ minLength: 1, maxLength: 255, pattern });

/** The owner, under both of its names. */
export const owner = {
  project_id: Type.Optional(Name),
  tenant_id: Type.Optional(Name),
};

export function ownerOf(body: {
  project_id?: string | undefined;
  tenant_id?: string | undefined;
}): string | undefined {
  return (body.project_id ?? body.tenant_id) || undefined;
}

/** Zones that the whole cloud is in; accepted where Neutron has hints. */
export const zoneNames = ['nova'];
export const zoneHints = { availability_zone_hints: Type.Optional(Type.Array(Name)) };
