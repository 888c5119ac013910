import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ids, randomIds } from '#base/ids.ts';
import { generatedPassword, secretWord } from '#base/typed-secrets.ts';

/** Gives these bytes first, and then whatever comes. */
function idsOf(...bytes: number[]): Ids {
  let isFirst = true;
  return {
    ...randomIds,
    secret: (byteCount) => {
      if (!isFirst) return randomIds.secret(byteCount);
      isFirst = false;
      return Buffer.from(bytes).toString('base64url');
    },
  };
}

test('a generated password is of letters and digits that nobody takes for one another', () => {
  for (let count = 0; count < 200; count += 1) {
    const password = generatedPassword(randomIds, 12);
    assert.match(password, /^[2-9A-HJ-NP-Za-km-z]{12}$/);
    for (const some of [/[2-9]/, /[A-Z]/, /[a-z]/]) assert.match(password, some);
  }
});

test('it is what the injected randomness says, each letter as likely as each other', () => {
  // 228 is 4 × 57, and so 255 and 228 say nothing.
  assert.equal(generatedPassword(idsOf(255, 0, 228, 8, 32, 56), 4), '2Aaz');
  assert.equal(generatedPassword(idsOf(57, 65, 89, 227), 4), '2Aaz');
});

test('a secret does not begin as an option of a command', () => {
  const [dash, plain] = [0xfb, 0x00];
  assert.equal(randomIds.secret(3).length, 4);
  assert.ok(idsOf(dash, 0, 0).secret(3).startsWith('-'));
  assert.ok(!secretWord(idsOf(dash, 0, 0), 3).startsWith('-'));
  assert.equal(secretWord(idsOf(plain, 0, 0), 3), 'AAAA');
});
