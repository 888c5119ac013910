import { Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';

/**
 * 1 to 255 printable characters, not only blanks. Nova's v2.1 also refuses blanks at the ends; here
 * they are cut off on both ways in, since which way it was is not for a schema to know.
 */
export const serverName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[^\\p{C}\\p{Zl}\\p{Zp}]*[^\\p{C}\\p{Z}\\s][^\\p{C}\\p{Zl}\\p{Zp}]*$',
});

export const description = Type.Union(
  [Type.String({ maxLength: 255, pattern: '^[^\\u0000-\\u0008\\u000e-\\u001f]*$' }), Type.Null()],
  { since: '2.19' },
);

/** Its id, which may be written as a number, or a URI that ends with it. */
export const flavorRef = Type.Union([
  Type.String({ minLength: 1, maxLength: 1024 }),
  Type.Integer(),
]);

export const diskConfig = Type.Union([Type.Literal('AUTO'), Type.Literal('MANUAL')]);

/** A name of a host: dots and underscores too, as some have. */
export const hostName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[a-zA-Z0-9._-]*$',
});

/** One label at first; since 2.94 with a domain. */
export const hostname = Type.Union([
  Type.String({
    minLength: 2,
    maxLength: 63,
    pattern: '^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$',
    since: '2.90',
    until: '2.93',
  }),
  { ...hostName, since: '2.94' } as typeof hostName,
]);

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

/** How many there may be is the quota's to say. */
export const metadata = Type.Record(
  Type.String({ pattern: '^[a-zA-Z0-9-_:. ]{1,255}$' }),
  Type.String({ maxLength: 255 }),
  { additionalProperties: false },
);

/** Base64 as Python reads it: blanks anywhere, no other signs, padded. */
export function isBase64(text: string): boolean {
  const compact = text.replaceAll(/\s/g, '');
  return Buffer.from(compact, 'base64').toString('base64') === compact;
}
