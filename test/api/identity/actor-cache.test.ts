import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActorCache } from '#identity/tokens/actor-cache.ts';
import { systemActor } from '#policy/actor.ts';

const actor = systemActor(null);

test('a remembered actor is found until the token ends', () => {
  const cache = new ActorCache(2);
  cache.remember('a', actor, 100, cache.generation);
  assert.equal(cache.find('a', 99), actor);
  assert.equal(cache.find('a', 100), undefined);
  assert.equal(cache.find('a', 99), undefined);
});

test('the one unused for longest makes room', () => {
  const cache = new ActorCache(2);
  for (const hash of ['a', 'b']) cache.remember(hash, actor, 100, cache.generation);
  cache.find('a', 1);
  cache.remember('c', actor, 100, cache.generation);
  assert.equal(cache.find('b', 1), undefined);
  assert.equal(cache.find('a', 1), actor);
  assert.equal(cache.find('c', 1), actor);
});

test('an answer from before a change is not remembered after it', () => {
  const cache = new ActorCache(2);
  const before = cache.generation;
  cache.forgetAll();
  cache.remember('a', actor, 100, before);
  assert.equal(cache.find('a', 1), undefined);
  const later = cache.generation;
  cache.forget('other');
  cache.remember('a', actor, 100, later);
  assert.equal(cache.find('a', 1), undefined);
});

test('forgetting one leaves the others', () => {
  const cache = new ActorCache(2);
  for (const hash of ['a', 'b']) cache.remember(hash, actor, 100, cache.generation);
  cache.forget('a');
  assert.equal(cache.find('a', 1), undefined);
  assert.equal(cache.find('b', 1), actor);
});
