import { Type } from 'typebox';

const closed = { additionalProperties: false };
const text = Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' });

export const groupBody = Type.Object(
  { security_group: Type.Object({ name: text, description: text }, closed) },
  closed,
);
