import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { UsedSignatures } from '#identity/signatures/used-signatures.ts';
import { WrongSignatures } from '#identity/signatures/wrong-signatures.ts';

const startMs = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;

test('five wrong signatures in a row lock a key for five minutes, others do not', () => {
  const wrong = new WrongSignatures();
  for (let count = 0; count < 4; count += 1) wrong.add('ak', startMs);
  assert.equal(wrong.isLocked('ak', startMs), false);
  wrong.forget('ak');
  for (let count = 0; count < 4; count += 1) wrong.add('ak', startMs);
  assert.equal(wrong.isLocked('ak', startMs), false);
  wrong.add('ak', startMs);
  assert.equal(wrong.isLocked('ak', startMs), true);
  assert.equal(wrong.isLocked('other', startMs), false);
  assert.equal(wrong.isLocked('ak', startMs + 5 * minuteMs - 1), true);
  assert.equal(wrong.isLocked('ak', startMs + 5 * minuteMs), false);
  wrong.add('ak', startMs + 5 * minuteMs);
  assert.equal(wrong.isLocked('ak', startMs + 5 * minuteMs), false);
});

test('wrong signatures for any number of keys take bounded memory', () => {
  const wrong = new WrongSignatures();
  for (let count = 0; count < 5; count += 1) wrong.add('first', startMs);
  for (let key = 0; key < limits.wronglySignedKeys; key += 1) wrong.add(`ak${key}`, startMs);
  assert.equal(wrong.isLocked('first', startMs), false);
});

test('a signature changes something once, and each user has their own', () => {
  const used = new UsedSignatures(startMs);
  // By a clock that is a quarter of an hour ahead.
  const dateMs = startMs + 15 * minuteMs;
  assert.equal(used.use('user', 'one', dateMs, startMs), true);
  assert.equal(used.use('user', 'one', dateMs, startMs + 30 * minuteMs), false);
  assert.equal(used.use('user', 'two', startMs, startMs), true);
  assert.equal(used.use('other', 'one', dateMs, startMs), true);
});

test('what was signed before this process began may be a repetition', () => {
  const used = new UsedSignatures(startMs + 400);
  assert.equal(used.use('user', 'one', startMs - 1000, startMs), false);
  assert.equal(used.use('user', 'two', startMs, startMs), true);
});

test('of a user who signs without end not all is remembered, yet nothing is let in twice', () => {
  const used = new UsedSignatures(startMs);
  const perSecond = 100;
  const seconds = Math.ceil(limits.usedSignatures / perSecond) + 10;
  const all: [string, number][] = [];
  for (let second = 0; second < seconds; second += 1) {
    const dateMs = startMs + second * 1000;
    for (let each = 0; each < perSecond; each += 1) {
      const signature = `${second}-${each}`;
      all.push([signature, dateMs]);
      assert.equal(used.use('user', signature, dateMs, dateMs), true);
    }
  }
  const nowMs = startMs + seconds * 1000;
  for (const [signature, dateMs] of all) {
    assert.equal(used.use('user', signature, dateMs, nowMs), false, signature);
  }
  assert.equal(used.use('user', 'new', startMs, nowMs), false);
  assert.equal(used.use('user', 'new', nowMs, nowMs), true);
});

test('what is too old to be accepted anyway is forgotten', () => {
  const used = new UsedSignatures(startMs);
  assert.equal(used.use('user', 'one', startMs, startMs), true);
  const laterMs = startMs + 16 * minuteMs;
  assert.equal(used.use('user', 'later', laterMs, laterMs), true);
  // Its date is refused before anybody asks here; that it is let in shows that it is gone.
  assert.equal(used.use('user', 'one', startMs, laterMs), true);
});
