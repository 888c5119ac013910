import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const shareId = '3cdf5132-64f2-4584-876a-bd296ae7eabd';

test('a server has no shares, and no share can be found to give it', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/shares`;
  const version = at('2.97');
  const post = (share: object) => cloud.demo.post(path, { share }, version);
  assert.deepEqual((await cloud.demo.get(path, version)).body, { shares: [] });
  assert.equal((await cloud.demo.get(`${path}/${shareId}`, version)).status, 404);
  assert.equal((await post({ share_id: shareId })).status, 409);
  assert.equal((await cloud.demo.delete(`${path}/${shareId}`, version)).status, 409);
  await cloud.demo.post(`/v2.1/servers/${id}/action`, { 'os-stop': null });
  await cloud.cloud.services.operations.whenIdle();
  assert.equal((await post({ share_id: shareId, tag: 'my-share' })).status, 404);
  assert.equal((await cloud.demo.delete(`${path}/${shareId}`, version)).status, 404);
  for (const share of [{}, { share_id: 'x' }, { share_id: shareId, tag: 'a b' }, { tag: 'a' }]) {
    assert.equal((await post(share)).status, 400, JSON.stringify(share));
  }
});

test("shares came with 2.97, and those of others' servers look like none", async () => {
  await using cloud = await startTestCloud();
  const path = `/v2.1/servers/${await makeServer(cloud)}/shares`;
  const reader = await cloud.userOf('demo', 'reader');
  const stranger = await cloud.userOf('elsewhere', 'member');
  assert.equal((await cloud.demo.get(path, at('2.96'))).status, 404);
  assert.equal((await reader.get(path, at('2.97'))).status, 200);
  const body = { share: { share_id: shareId } };
  assert.equal((await reader.post(path, body, at('2.97'))).status, 403);
  assert.equal((await stranger.get(path, at('2.97'))).status, 404);
  assert.equal((await cloud.nobody.get(path, at('2.97'))).status, 401);
});
