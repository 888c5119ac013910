import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** How much work one hash costs: N · r · 128 bytes of memory, p times over. */
export interface PasswordCost {
  N: number;
  r: number;
  p: number;
}

/** One of OWASP's equal choices for scrypt, the one that needs least memory (16 MiB). */
export const defaultPasswordCost: PasswordCost = { N: 2 ** 14, r: 8, p: 5 };

export const keyBytes = 32;

/** A hash with all that is needed to check it, so that the cost may change later. */
interface StoredHash extends PasswordCost {
  salt: Buffer;
  key: Buffer;
}

/** `scrypt$16384$8$5$<salt>$<key>`, both parts in base64url. @param salt as base64url. */
export async function hashPassword(
  password: string,
  salt: string,
  cost: PasswordCost,
): Promise<string> {
  const key = await derive(password, Buffer.from(salt, 'base64url'), cost, keyBytes);
  return formatHash(cost, salt, key.toString('base64url'));
}

export function formatHash(cost: PasswordCost, salt: string, key: string): string {
  return ['scrypt', cost.N, cost.r, cost.p, salt, key].join('$');
}

/** Works in Node's thread pool: other requests go on meanwhile. */
export async function matchesHash(password: string, stored: string): Promise<boolean> {
  const hash = parseHash(stored);
  const key = await derive(password, hash.salt, hash, hash.key.length);
  return timingSafeEqual(key, hash.key);
}

function parseHash(stored: string): StoredHash {
  const [name, N, r, p, salt, key] = stored.split('$');
  if (name !== 'scrypt' || !salt || !key) throw new Error('a stored password hash is unreadable');
  return {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

function derive(
  password: string,
  salt: Buffer,
  cost: PasswordCost,
  sizeBytes: number,
): Promise<Buffer> {
  const { N, r, p } = cost;
  // Node refuses what exceeds `maxmem`; twice the need leaves room for its own bookkeeping.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, sizeBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
