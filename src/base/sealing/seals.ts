import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Ids } from '#base/ids.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** Begins every sealed text; what does not begin so was sealed before keys had ids. */
const mark = 'sealed1';

export interface SealKey {
  /** Stands in every text that it sealed; no secret. */
  id: string;
  /** 32 bytes. */
  key: Uint8Array;
  /** It also opens texts from before keys had ids, which name neither key nor context. */
  opensUnmarked: boolean;
}

/**
 * Keeps secrets of the database readable only with keys that are not in it. A context names where
 * a secret lives, such as `credentials/<id>`: moved to another row, it does not open there.
 */
export interface Seals {
  /** @returns `sealed1:<key id>:<base64url of nonce, tag and ciphertext>`. */
  seal(secret: string, context: string): string;
  /** Throws when it was sealed for another context, by a key that is gone, or was changed. */
  open(sealed: string, context: string): string;
}

/** @param keys oldest first: the last one seals, all of them open. Throws when there is none. */
export function openSeals(keys: readonly SealKey[], ids: Pick<Ids, 'secret'>): Seals {
  const newest = keys.at(-1);
  if (!newest) throw new Error('secrets cannot be sealed without a key');
  return {
    seal: (secret, context) => {
      const nonce = Buffer.from(ids.secret(nonceBytes), 'base64url');
      const cipher = createCipheriv(algorithm, newest.key, nonce);
      cipher.setAAD(associated(newest.id, context));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const bytes = Buffer.concat([nonce, cipher.getAuthTag(), text]);
      return [mark, newest.id, bytes.toString('base64url')].join(':');
    },
    open: (sealed, context) => {
      const [first, keyId = '', encoded = ''] = sealed.split(':');
      if (first !== mark) return openUnmarked(keys, sealed);
      const key = keys.find((candidate) => candidate.id === keyId);
      if (!key) throw new Error(`there is no key ${keyId}, by which a secret was sealed`);
      const bytes = Buffer.from(encoded, 'base64url');
      // Decoding overlooks what is no base64url, and one secret is to have one text.
      if (bytes.toString('base64url') !== encoded) throw new Error('a sealed text was changed');
      return decipher(key.key, bytes, associated(keyId, context));
    },
  };
}

/** Both parts cannot be mistaken for each other: key ids have no line ends. */
function associated(keyId: string, context: string): Buffer {
  return Buffer.from(`${mark}\n${keyId}\n${context}`, 'utf8');
}

function openUnmarked(keys: readonly SealKey[], sealed: string): string {
  const key = keys.find((candidate) => candidate.opensUnmarked);
  if (!key) throw new Error('there is no key that opens what was sealed without naming one');
  return decipher(key.key, Buffer.from(sealed, 'base64'));
}

function decipher(key: Uint8Array, bytes: Buffer, associatedData?: Buffer): string {
  const nonce = bytes.subarray(0, nonceBytes);
  const opened = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  if (associatedData) opened.setAAD(associatedData);
  opened.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const text = bytes.subarray(nonceBytes + tagBytes);
  return Buffer.concat([opened.update(text), opened.final()]).toString('utf8');
}
