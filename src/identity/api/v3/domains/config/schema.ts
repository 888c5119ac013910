import { Type } from 'typebox';

/** Groups of options, one group, or one option: which it is follows from the path. */
export const ConfigBody = Type.Object({
  config: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 64 }),
});

/** `{ config: { identity: { driver: 'sql' } } }`, or one option alone. */
export const configAnswer = Type.Object(
  { config: Type.Object({}, { additionalProperties: true }) },
  { additionalProperties: false },
);
