import { Type } from 'typebox';

/** PostgreSQL stores no NUL in text, and nobody means one. */
export const noNul = '^[^\\u0000]*$';

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
export const Options = Type.Object(
  { immutable: Type.Optional(NullableBoolean()) },
  { additionalProperties: false },
);

/** Options of users; rules of factors are lists of methods that suffice together. */
export const UserOptions = Type.Object(
  {
    ignore_change_password_upon_first_use: Type.Optional(NullableBoolean()),
    ignore_password_expiry: Type.Optional(NullableBoolean()),
    ignore_lockout_failure_attempts: Type.Optional(NullableBoolean()),
    ignore_user_inactivity: Type.Optional(NullableBoolean()),
    lock_password: Type.Optional(NullableBoolean()),
    multi_factor_auth_enabled: Type.Optional(NullableBoolean()),
    multi_factor_auth_rules: Type.Optional(
      Type.Union([
        Type.Array(
          Type.Array(Type.String({ maxLength: 64 }), {
            minItems: 1,
            maxItems: 8,
            uniqueItems: true,
          }),
          { maxItems: 16, uniqueItems: true },
        ),
        Type.Null(),
      ]),
    ),
  },
  { additionalProperties: false },
);

function NullableBoolean() {
  return Type.Union([Type.Boolean(), Type.Null()]);
}

/** Long enough for any passphrase; Keystone's `max_password_length`. */
export const Password = Type.String({ minLength: 1, maxLength: 4096 });

export const Tags = Type.Array(
  Type.String({ minLength: 1, maxLength: 255, pattern: '^[^,/\\u0000]*$' }),
  { maxItems: 80, uniqueItems: true },
);
