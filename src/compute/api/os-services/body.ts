import { Type } from 'typebox';

export const hostName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[a-zA-Z0-9-._]*$',
});

export const disabledReason = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[^\\u0000]*$',
});

/** A boolean, or one of the words that Nova takes for one. */
export const booleanWord = Type.Union([
  Type.Boolean(),
  Type.String({ pattern: '^(?:[Tt](?:rue|RUE)?|[Oo][Nn]|[Yy](?:es|ES)?|1)$' }),
  Type.String({ pattern: '^(?:[Ff](?:alse|ALSE)?|[Oo](?:ff|FF)|[Nn][Oo]?|0)$' }),
]);
