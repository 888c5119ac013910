import { Type } from 'typebox';

/** The project that an access action is about. */
export const projectNamed = Type.Object(
  { tenant: Type.String({ minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-]+$' }) },
  { additionalProperties: false },
);
