import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Reply } from '#endpoints/endpoint.ts';
import { KeptAnswers } from '#endpoints/kept-answers.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

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
  const kept = new KeptAnswers(() => mark);
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
  const kept = new KeptAnswers(() => mark);
  const { make, count } = counted();
  await kept.answer('key', async () => {
    mark = '2';
    return make();
  });
  await kept.answer('key', make);
  assert.equal(count(), 2);
});

test('nothing is kept where changes cannot be told', async () => {
  const kept = new KeptAnswers(() => undefined);
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
