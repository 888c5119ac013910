import type { Ids } from '#base/ids.ts';

/** A permanent key of a user, by which programs sign what they ask. */
export interface AccessKey {
  /** Names the key in each request; no secret. */
  access: string;
  userId: string;
  sealedSecret: string;
  description: string;
  /** An inactive key opens nothing and can be made active again. */
  isActive: boolean;
  createdMs: number;
  /** Null when it was never used. */
  usedMs: number | null;
}

const accessCharacters = 20;
const secretCharacters = 40;
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const letters = `${capitals}abcdefghijklmnopqrstuvwxyz`;

/** As long as Huawei's, so that whatever stores those stores these. */
export function newKeyPair(ids: Ids): { access: string; secret: string } {
  return {
    access: randomText(ids, capitals, accessCharacters),
    secret: randomText(ids, letters, secretCharacters),
  };
}

/** Bytes beyond the last whole multiple are thrown away: each character is as likely as another. */
function randomText(ids: Ids, alphabet: string, length: number): string {
  const usable = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of Buffer.from(ids.secret(length), 'base64url')) {
      if (byte < usable && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
