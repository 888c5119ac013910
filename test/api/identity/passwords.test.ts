import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import { matchesHash } from '#identity/passwords/hash.ts';
import { Passwords } from '#identity/passwords/passwords.ts';

const cheap = { N: 16, r: 1, p: 1 };

test('a hash holds for its password only, and two hashes of one password differ', async () => {
  const passwords = new Passwords(randomIds, cheap);
  const [one, two] = await Promise.all([passwords.hash('pass ✓'), passwords.hash('pass ✓')]);
  assert.notEqual(one, two);
  assert.equal(await passwords.matches('pass ✓', one), true);
  assert.equal(await passwords.matches('pass', one), false);
  assert.equal(await passwords.matches('', one), false);
});

test('a hash that was made at another cost still holds', async () => {
  const stored = await new Passwords(randomIds, { N: 32, r: 2, p: 2 }).hash('old');
  assert.equal(await new Passwords(randomIds, cheap).matches('old', stored), true);
  assert.equal(await matchesHash('old', stored), true);
});

test('no password fits a user who is not there', async () => {
  const passwords = new Passwords(randomIds, cheap);
  for (const password of ['', 'x', 'null']) {
    assert.equal(await passwords.matches(password, null), false);
  }
});

test('a stored hash that can not be read is a failure, not a way in', async () => {
  const passwords = new Passwords(randomIds, cheap);
  for (const stored of ['', 'plain', 'scrypt$16$1$1$', 'md5$16$1$1$c2FsdA$a2V5']) {
    await assert.rejects(passwords.matches('x', stored), /unreadable/);
  }
});

test('log-ins beyond what can wait are turned away, and the others are served', async () => {
  const passwords = new Passwords(randomIds, cheap);
  const room = limits.concurrentPasswordHashes + limits.waitingPasswordHashes;
  const results = await Promise.allSettled(
    Array.from({ length: room + 5 }, () => passwords.hash('x')),
  );
  const refusals = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  assert.equal(refusals.length, 5);
  assert.equal(refusals[0].status, 429);
  assert.equal(await passwords.matches('x', await passwords.hash('x')), true);
});

test('hashing leaves the event loop to other requests', async () => {
  const passwords = new Passwords(randomIds, { N: 2 ** 12, r: 8, p: 16 });
  let turns = 0;
  let isHashing = true;
  const count = () => {
    turns += 1;
    if (isHashing) setImmediate(count);
  };
  setImmediate(count);
  await passwords.hash('x');
  isHashing = false;
  assert.equal(turns > 1, true);
});
