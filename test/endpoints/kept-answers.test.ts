import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Endpoint, Reply } from '#endpoints/endpoint.ts';
import { KeptAnswers } from '#endpoints/kept-answers.ts';
import { type IncomingRequest, serve } from '#endpoints/serve.ts';
import type { Surface } from '#endpoints/surface.ts';
import { Validation } from '#endpoints/validation.ts';
import { actorWithRoles } from '#policy/actor.ts';
import type { Rights } from '#policy/rights.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';
import { withAttributes } from '../policy/rights.ts';

function counted() {
  let made = 0;
  const make = async () => {
    made += 1;
    return { status: 200, reply: new Reply({ made }) };
  };
  return { make, count: () => made };
}

test('an answer is given again only while the database has not changed', async () => {
  let mark = '1';
  const kept = new KeptAnswers(
    () => mark,
    () => 0,
  );
  const { make, count } = counted();
  const first = await kept.answer('key', make);
  assert.equal(String((await kept.answer('key', make)).reply.body), String(first.reply.body));
  assert.equal(count(), 1);
  await kept.answer('another key', make);
  assert.equal(count(), 2);
  mark = '2';
  assert.equal(String((await kept.answer('key', make)).reply.body), '{"made":3}');
});

test('an answer that was being made while the database changed is not kept', async () => {
  let mark = '1';
  const kept = new KeptAnswers(
    () => mark,
    () => 0,
  );
  const { make, count } = counted();
  await kept.answer('key', async () => {
    mark = '2';
    return make();
  });
  await kept.answer('key', make);
  assert.equal(count(), 2);
});

test('an answer that time will change is not given again after its time', async () => {
  let nowMs = 0;
  const mark = () => '1';
  const kept = new KeptAnswers(mark, () => nowMs);
  const { make, count } = counted();
  const makeUntil = (keptUntilMs: number) => async () => {
    const { status, reply } = await make();
    return { status, reply: new Reply(reply.body, { keptUntilMs }) };
  };
  await kept.answer('key', makeUntil(10));
  nowMs = 10;
  await kept.answer('key', makeUntil(20));
  assert.equal(count(), 1);
  nowMs = 11;
  await kept.answer('key', makeUntil(20));
  await kept.answer('key', makeUntil(20));
  assert.equal(count(), 2);
});

test('nothing is kept where changes cannot be told', async () => {
  const kept = new KeptAnswers(
    () => undefined,
    () => 0,
  );
  const { make, count } = counted();
  await kept.answer('key', make);
  await kept.answer('key', make);
  assert.equal(count(), 2);
});

test('a kept list is neither outdated nor shown to another project', async () => {
  await using cloud = await startTestCloud();
  const namesSeenBy = async (client: typeof cloud.demo) =>
    (await client.get('/v2.1/servers')).body.servers.map((one: { name: string }) => one.name);
  const other = await cloud.userOf('other', 'member');
  assert.deepEqual(await namesSeenBy(cloud.demo), []);
  const id = await makeServer(cloud);
  const [name] = await namesSeenBy(cloud.demo);
  assert.deepEqual(await namesSeenBy(cloud.demo), [name]);
  assert.deepEqual(await namesSeenBy(other), []);
  await cloud.demo.put(`/v2.1/servers/${id}`, { server: { name: 'renamed' } });
  assert.deepEqual(await namesSeenBy(cloud.demo), ['renamed']);
});

/** Asks for one thing again and again while nothing changes, and says what became of it. */
function askingAs(rights: Rights) {
  const { make, count } = counted();
  const endpoint: Partial<Endpoint<unknown>> = {
    requires: ['ecs:servers:get'],
    isKept: true,
    status: 200,
    target: {
      find: async () => ({ projectId: 'mine' }),
      thing: { type: 'instance', of: () => ({ id: 'one', projectId: 'mine' }) },
      absent: () => new Error('absent'),
    },
    handle: make,
  };
  const fixedVersion = { major: 2, minor: 1 };
  const surface = { name: 'one', service: {}, fixedVersion } as Surface<unknown>;
  const request = { params: {}, query: {}, headers: {}, path: '/one' } as unknown;
  const actor = { ...actorWithRoles('mine', []), rights };
  const kept = new KeptAnswers(
    () => '1',
    () => 0,
  );
  const tools = { authenticate: async () => actor, validation: new Validation(), kept };
  const ask = () =>
    serve(surface, [endpoint as Endpoint<unknown>], request as IncomingRequest, tools);
  return { ask, count };
}

test('no answer is kept for those whose right is to one thing: it may end any time', async () => {
  let time = '2026-11-21T12:00:00Z';
  const attributes = (key: string) => (key === 'g:CurrentTime' ? [time] : undefined);
  const Condition = { DateLessThan: { 'g:CurrentTime': ['2026-11-21T13:00:00Z'] } };
  const allowed = { Effect: 'Allow', Action: ['ecs:servers:get'], Condition } as const;
  const unbound = askingAs(withAttributes(attributes, allowed));
  const Resource = ['ecs:*:*:instance:one'];
  const bound = askingAs(withAttributes(attributes, { ...allowed, Resource }));
  for (const { ask } of [unbound, unbound, bound, bound]) assert.equal((await ask()).status, 200);
  assert.deepEqual([unbound.count(), bound.count()], [1, 2]);
  time = '2026-11-21T13:00:00Z';
  for (const { ask } of [unbound, bound]) await assert.rejects(ask(), /Policy doesn't allow/);
});
