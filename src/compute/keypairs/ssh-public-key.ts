import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { SshFields } from './ssh-fields.ts';

type Check = (fields: SshFields) => void;

const line = /^([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:\s|$)/;

const curves: Record<string, string> = {
  nistp256: 'P-256',
  nistp384: 'P-384',
  nistp521: 'P-521',
};

/** What follows the type's name in each kind of key; OpenSSL judges the numbers themselves. */
const checks: Record<string, Check> = {
  'ssh-rsa': rsa,
  'ssh-dss': (fields) => {
    for (let number = 0; number < 4; number += 1) unsigned(fields.next());
  },
  'ssh-ed25519': edwards,
  'ecdsa-sha2-nistp256': (fields) => elliptic('nistp256', fields),
  'ecdsa-sha2-nistp384': (fields) => elliptic('nistp384', fields),
  'ecdsa-sha2-nistp521': (fields) => elliptic('nistp521', fields),
  'sk-ssh-ed25519@openssh.com': (fields) => {
    edwards(fields);
    fields.next();
  },
  'sk-ecdsa-sha2-nistp256@openssh.com': (fields) => {
    elliptic('nistp256', fields);
    fields.next();
  },
};

function rsa(fields: SshFields): KeyObject {
  const [e, n] = [fields.next(), fields.next()].map(unsigned);
  return createPublicKey({ key: { kty: 'RSA', e, n } as never, format: 'jwk' });
}

function unsigned(field: Buffer): string {
  if (field.length === 0 || ((field[0] ?? 0) & 0x80) !== 0) throw new RangeError('not positive');
  return field.toString('base64url');
}

function edwards(fields: SshFields): void {
  if (fields.next().length !== 32) throw new RangeError('an Ed25519 key has 32 bytes');
}

function elliptic(curve: string, fields: SshFields): void {
  if (fields.text() !== curve) throw new RangeError('the curve is not that of the type');
  const point = fields.next();
  if (point[0] !== 4) throw new RangeError('only uncompressed points are in use');
  const size = (point.length - 1) / 2;
  const x = point.subarray(1, 1 + size).toString('base64url');
  const y = point.subarray(1 + size).toString('base64url');
  createPublicKey({ key: { kty: 'EC', crv: curves[curve], x, y } as never, format: 'jwk' });
}

/**
 * The MD5 fingerprint, bytes in hex between colons, of a key as it stands in `authorized_keys`.
 * @throws Error when it is none that OpenSSH would read
 */
export function sshFingerprint(text: string): string {
  const [, type = '', encoded = ''] = line.exec(text) ?? [];
  const check = Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (!check) throw new Error('it does not start with a known type of key');
  const bytes = Buffer.from(encoded, 'base64');
  const fields = new SshFields(bytes);
  if (fields.text() !== type) throw new Error('the key is not of the type it says');
  check(fields);
  if (!fields.isAtEnd) throw new Error('bytes follow the key');
  return colonHex(createHash('md5').update(bytes).digest());
}

/** The key itself, for encrypting; undefined for any kind but RSA, which alone can. */
export function rsaKeyOf(text: string): KeyObject | undefined {
  const [, type, encoded = ''] = line.exec(text) ?? [];
  if (type !== 'ssh-rsa') return undefined;
  const fields = new SshFields(Buffer.from(encoded, 'base64'));
  fields.next();
  return rsa(fields);
}

export function colonHex(bytes: Buffer): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
