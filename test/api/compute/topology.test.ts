import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

test('a server has no NUMA nodes, which its users can read since 2.78', async () => {
  await using cloud = await startTestCloud();
  const path = `/v2.1/servers/${await makeServer(cloud)}/topology`;
  const reader = await cloud.userOf('demo', 'reader');
  for (const client of [cloud.demo, reader, cloud.admin]) {
    const { status, body } = await client.get(path, at('2.78'));
    assert.equal(status, 200);
    assert.deepEqual(body, { nodes: [], pagesize_kb: null });
  }
  assert.equal((await cloud.demo.get(path, at('2.77'))).status, 404);
  const stranger = await cloud.userOf('elsewhere', 'member');
  assert.equal((await stranger.get(path, at('2.78'))).status, 404);
  const unknown = '/v2.1/servers/00000000-0000-4000-8000-000000000000/topology';
  assert.equal((await cloud.demo.get(unknown, at('2.78'))).status, 404);
  assert.equal((await cloud.nobody.get(path, at('2.78'))).status, 401);
});
