import { Type } from 'typebox';

/** PostgreSQL stores no NUL in text, and nobody means one. */
const noNul = '^[^\\u0000]*$';

/** At least one character that can be seen. */
export function nameOf(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' });
}

/** An id or name to look for; one that nothing can have is simply not found. */
export const LookedUp = Type.String({ pattern: noNul });

export const Id = Type.String({ minLength: 1, maxLength: 64, pattern: noNul });

export const NullableId = Type.Union([Id, Type.Null()]);

export const Description = Type.Union([
  Type.String({ maxLength: 4096, pattern: noNul }),
  Type.Null(),
]);

/** Resource options such as `immutable`; null takes one away. */
export const Options = Type.Object({ immutable: Type.Optional(NullableBoolean()) });

function NullableBoolean() {
  return Type.Union([Type.Boolean(), Type.Null()]);
}

/** Long enough for any passphrase; Keystone's `max_password_length`. */
export const Password = Type.String({ minLength: 1, maxLength: 4096 });

export const Tags = Type.Array(
  Type.String({ minLength: 1, maxLength: 255, pattern: '^[^,/\\u0000]*$' }),
  { maxItems: 80, uniqueItems: true },
);
