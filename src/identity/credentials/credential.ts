import type { JsonObject } from '../extras.ts';

/** A secret that a service needs again: of a device that makes codes, or another type. */
export interface Credential {
  id: string;
  userId: string;
  projectId: string | null;
  /** `totp`, `ec2`, `cert` or what a client calls it. */
  type: string;
  /** The secret, in the form of its type; of `totp` base32. Sealed in the database. */
  blob: string;
}

/** What is shown of it once it was made: all but the secret. */
export type CredentialFacts = Omit<Credential, 'blob'>;

/** Blobs of EC2 credentials hold the pair of keys as JSON. */
export type KeyPairBlob = JsonObject & { access: string; secret: string };

/** @returns undefined when the blob holds no pair of keys. */
export function keyPairOf(blob: string): KeyPairBlob | undefined {
  try {
    const whole: unknown = JSON.parse(blob);
    if (typeof whole !== 'object' || whole === null) return undefined;
    const { access, secret } = whole as JsonObject;
    const isPair = typeof access === 'string' && typeof secret === 'string' && access !== '';
    return isPair ? (whole as KeyPairBlob) : undefined;
  } catch {
    return undefined;
  }
}
