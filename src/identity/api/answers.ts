import { type TSchema, Type } from 'typebox';

/** Shapes of answers, for the OpenAPI document and for tests, which hold answers to them. */
export const closed = { additionalProperties: false };
export const text = Type.String();
export const textOrNull = Type.Union([text, Type.Null()]);
export const texts = Type.Array(text);
export const boolean = Type.Boolean();

export const links = Type.Object({ self: text }, closed);

/** Such as `immutable`. */
export const options = Type.Object({}, { additionalProperties: true });

export const idAndName = Type.Object({ id: text, name: text }, closed);

/** `{ user: {…} }`. */
export function oneAnswer(name: string, resource: TSchema): TSchema {
  return Type.Object({ [name]: resource }, closed);
}

/** What `listBody` and `wholeListBody` make. */
export function listAnswer(collection: string, resource: TSchema): TSchema {
  return Type.Object(
    {
      [collection]: Type.Array(resource),
      links: Type.Object({ self: text, next: textOrNull, previous: Type.Null() }, closed),
      truncated: Type.Optional(Type.Literal(true)),
    },
    closed,
  );
}
