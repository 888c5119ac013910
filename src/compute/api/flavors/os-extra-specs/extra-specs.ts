import { type Static, Type } from 'typebox';

/** Keys as Nova allows them; numbers are kept as their text. */
export const extraSpecs = Type.Record(
  Type.String({ pattern: '^[a-zA-Z0-9-_:. ]{1,255}$' }),
  Type.Union([Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' }), Type.Number()]),
  { additionalProperties: false },
);

/** What the endpoints on extra specs answer. */
export const specsAnswer = Type.Object(
  { extra_specs: Type.Record(Type.String(), Type.String()) },
  { additionalProperties: false },
);

/** One extra spec, under its own name. */
export const specAnswer = Type.Record(Type.String(), Type.String(), {
  minProperties: 1,
  maxProperties: 1,
});

export function readSpecs(specs: Static<typeof extraSpecs>): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).map(([key, value]) => [key, String(value)]));
}
