import { Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';

/** Not empty, not only blanks, 255 characters at most: the rule for all of Nova's names. */
export const serverName = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' });

export const description = Type.Union(
  [Type.String({ maxLength: 255, pattern: '^[^\\u0000-\\u0008\\u000e-\\u001f]*$' }), Type.Null()],
  { since: '2.19' },
);

export const diskConfig = Type.Union([Type.Literal('AUTO'), Type.Literal('MANUAL')]);

export const hostname = Type.String({
  minLength: 1,
  maxLength: 63,
  pattern: '^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$',
});

/** An address, or nothing at all. */
export function accessIp(format: 'ipv4' | 'ipv6') {
  return Type.Union([Type.String({ format }), Type.Literal(''), Type.Null()]);
}

/** Clients write booleans in many ways; these are the ones Nova takes. */
export const looseBoolean = Type.Union([
  Type.Boolean(),
  Type.String({
    pattern: '^(?:[Tt]rue|TRUE|[Oo]n|ON|[Yy]es|YES|1|[Ff]alse|FALSE|[Oo]ff|OFF|[Nn]o|NO|0)$',
  }),
]);

export function isTrue(value: boolean | string | undefined): boolean {
  return value !== undefined && parseBoolean(value) === true;
}

/** A count written as a number or as digits. */
export const count = Type.Union([
  Type.Integer({ minimum: 1 }),
  Type.String({ pattern: '^[0-9]*[1-9][0-9]*$', maxLength: 9 }),
]);

export const metadata = Type.Record(
  Type.String({ pattern: '^[a-zA-Z0-9-_:. ]{1,255}$' }),
  Type.String({ maxLength: 255 }),
  { additionalProperties: false, maxProperties: 128 },
);
