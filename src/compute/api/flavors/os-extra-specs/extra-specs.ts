import { type Static, Type } from 'typebox';

/** Keys as Nova allows them; numbers are kept as their text. */
export const extraSpecs = Type.Record(
  Type.String({ pattern: '^[a-zA-Z0-9-_:. ]{1,255}$' }),
  Type.Union([Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' }), Type.Number()]),
  { additionalProperties: false },
);

export function readSpecs(specs: Static<typeof extraSpecs>): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).map(([key, value]) => [key, String(value)]));
}
