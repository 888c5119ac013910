import type { Ids } from './ids.ts';

/** Without 0, 1, I, O and l, which people take for one another. */
const classes = ['23456789', 'ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz'];
const letters = classes.join('');
/** Bytes from here on would make the first letters likelier than the last. */
const evenBytes = 256 - (256 % letters.length);

/**
 * A password that can be read out, typed, and said on a command line: letters and digits only,
 * at least one digit, one capital and one small letter, as rules of guests often ask for.
 * @param length of at least 3
 */
export function generatedPassword(ids: Ids, length: number): string {
  for (;;) {
    const password = drawLetters(ids, length);
    if (classes.every((some) => [...password].some((letter) => some.includes(letter)))) {
      return password;
    }
  }
}

function drawLetters(ids: Ids, length: number): string {
  let drawn = '';
  while (drawn.length < length) {
    const bytes = Buffer.from(ids.secret(length), 'base64url');
    for (const byte of bytes) if (byte < evenBytes) drawn += letters[byte % letters.length];
  }
  return drawn.slice(0, length);
}

/** As `Ids.secret`, and never taken for an option of the command on which somebody says it. */
export function secretWord(ids: Ids, byteCount: number): string {
  for (;;) {
    const secret = ids.secret(byteCount);
    if (!secret.startsWith('-')) return secret;
  }
}
