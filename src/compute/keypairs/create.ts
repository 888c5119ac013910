import { X509Certificate } from 'node:crypto';
import type { CatalogContext } from '#compute/catalog-context.ts';
import type { Queries } from '#db/database.ts';
import { keypairErrors } from './errors.ts';
import { generateSshKey } from './generate.ts';
import { generateCertificate } from './generate-certificate.ts';
import type { Keypair, KeypairType } from './keypair.ts';
import { sshFingerprint } from './ssh-public-key.ts';
import { countKeypairs, findKeypair, insertKeypair } from './store.ts';

export interface NewKeypair {
  userId: string;
  name: string;
  type: KeypairType;
  /** Absent: a key is made. */
  publicKey?: string;
}

export interface CreatedKeypair extends Keypair {
  /** Only of a key that was made here. */
  privateKey?: string;
}

/**
 * Imports a public key or makes a pair.
 * @param maxKeypairs how many a user may have; -1 means any number
 * @throws InvalidKeypair (400), KeyPairExists (409), KeypairLimitExceeded (403)
 */
export async function createKeypair(
  context: CatalogContext,
  wanted: NewKeypair,
  maxKeypairs: number,
): Promise<CreatedKeypair> {
  const { userId, name, type } = wanted;
  // Looked at before a key is made, which takes far longer; what counts is the second look.
  await requireRoom(context.database.queries, wanted, maxKeypairs);
  const { publicKey, privateKey } = await keyOf(wanted);
  const fingerprint = fingerprintOf(type, publicKey);
  const createdMs = context.clock.nowMs();
  const keypair = await context.database.transaction(async (tx) => {
    await requireRoom(tx, wanted, maxKeypairs);
    return insertKeypair(tx, { userId, name, type, publicKey, fingerprint, createdMs });
  });
  return privateKey === undefined ? keypair : { ...keypair, privateKey };
}

async function requireRoom(db: Queries, wanted: NewKeypair, maxKeypairs: number): Promise<void> {
  const { userId, name } = wanted;
  if (maxKeypairs >= 0 && (await countKeypairs(db, userId)) >= maxKeypairs) {
    throw keypairErrors.quotaExceeded();
  }
  if (await findKeypair(db, userId, name)) throw keypairErrors.exists({ name });
}

async function keyOf(wanted: NewKeypair): Promise<{ publicKey: string; privateKey?: string }> {
  if (wanted.publicKey !== undefined) return { publicKey: wanted.publicKey };
  return wanted.type === 'ssh' ? generateSshKey() : generateCertificate(wanted.userId);
}

/** MD5 of an SSH key, SHA-1 of a certificate, as Nova has them. */
function fingerprintOf(type: KeypairType, publicKey: string): string {
  try {
    return type === 'ssh'
      ? sshFingerprint(publicKey)
      : new X509Certificate(publicKey).fingerprint.toLowerCase();
  } catch {
    throw keypairErrors.invalid({ reason: 'failed to generate fingerprint' });
  }
}
