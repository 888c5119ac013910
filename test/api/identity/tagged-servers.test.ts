import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { ConsoleSocket, consoleToken } from '#test/consoles.ts';
import { actOn, doneTo, holderOf, soft, twoServers } from './single-servers.ts';

const version = { 'openstack-api-version': 'compute 2.26' };

async function tag(cloud: TestCloud, id: string, ...tags: string[]): Promise<void> {
  const path = `/v2.1/servers/${id}/tags`;
  assert.equal((await cloud.demo.put(path, { tags }, version)).status, 200);
}

const tagged = (team: string, effect = 'Allow', Action = ['ecs:servers:*']) => ({
  Effect: effect,
  Action,
  Condition: { StringEquals: { 'g:ResourceTag/team': [team] } },
});

test('a right by tags follows the tags, at once', async () => {
  await using cloud = await startTestCloud();
  const [one, two] = await twoServers(cloud);
  const dev = await holderOf(cloud, 'dev', tagged('dev'));
  const sees = async (id: string) => (await dev.get(`/v2.1/servers/${id}`)).status;
  assert.deepEqual([await sees(one), await sees(two)], [403, 403]);
  await tag(cloud, one, 'team=dev', 'lonely');
  await tag(cloud, two, 'team=ops');
  assert.deepEqual([await sees(one), await sees(one), await sees(two)], [200, 200, 403]);
  assert.equal((await dev.get('/v2.1/servers')).status, 403);
  await tag(cloud, two, 'team=ops', 'team=dev');
  await tag(cloud, one, 'team=developers');
  assert.deepEqual([await sees(one), await sees(two)], [403, 200]);
  await tag(cloud, one, 'team.dev');
  assert.equal(await sees(one), 200, 'older clients write a dot');
  assert.equal((await actOn(dev, one, soft)).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  await tag(cloud, one);
  assert.equal((await actOn(dev, one, soft)).status, 403);
  assert.deepEqual(await doneTo(cloud, one), ['create', 'reboot']);
  const metadata = { metadata: { team: 'dev' } };
  await cloud.demo.post(`/v2.1/servers/${one}/metadata`, metadata);
  assert.equal(await sees(one), 403, 'metadata is no tag');
});

test('a Deny by tags keeps what is tagged, and nothing else', async () => {
  await using cloud = await startTestCloud();
  const [one, two] = await twoServers(cloud);
  await tag(cloud, one, 'team=ops', '__proto__=x');
  const allowed = { Effect: 'Allow', Action: ['ecs:*:*'] };
  const most = await holderOf(
    cloud,
    'most',
    allowed,
    tagged('ops', 'Deny', ['ecs:servers:reboot']),
  );
  assert.equal((await actOn(most, one, soft)).status, 403);
  assert.equal((await actOn(most, two, soft)).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(await doneTo(cloud, one), ['create']);
});

test('a console that was asked for by a tag opens no more when the tag is gone', async () => {
  await using cloud = await startTestCloud();
  const [one] = await twoServers(cloud);
  const dev = await holderOf(cloud, 'dev', tagged('dev'));
  await tag(cloud, one, 'team=dev');
  const [first, second] = [
    await consoleToken(dev, one, 'serial'),
    await consoleToken(dev, one, 'serial'),
  ];
  const socket = await ConsoleSocket.open(cloud.url, first);
  await socket[Symbol.asyncDispose]();
  await tag(cloud, one);
  await assert.rejects(ConsoleSocket.open(cloud.url, second), /403/);
});
