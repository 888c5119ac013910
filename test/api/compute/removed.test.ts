import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { removedRows } from '../../../src/compute/api/removed/rows.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

test('what Nova removed is gone for everyone with a token, in every version', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo, nobody } = cloud;
  const reader = await cloud.userOf('demo', 'reader');
  for (const { method, path, action } of removedRows) {
    const body = method === 'GET' || method === 'DELETE' ? undefined : { [action ?? 'any']: {} };
    const there = path.replaceAll(/\{\w+\}/g, '7');
    const name = `${method} ${path} ${action ?? ''}`;
    for (const client of [admin, demo, reader]) {
      const answer = await client.request(method, `/v2.1${there}`, body);
      assert.equal(answer.status, 410, name);
      const { code, message } = answer.body.computeFault;
      assert.equal(code, 410);
      assert.match(message, /^This resource is no longer available/);
    }
    for (const version of ['2.36', 'latest']) {
      const answer = await demo.request(method, `/v2.1${there}`, body, at(version));
      assert.equal(answer.status, 410, `${name} in ${version}`);
    }
    const legacy = await demo.request(method, `/v2/${demo.projectId}${there}`, body);
    assert.equal(legacy.status, 410, name);
    assert.equal((await nobody.request(method, `/v2.1${there}`, body)).status, 401, name);
  }
});

test('bare-metal nodes: there are none, and from 2.36 on not even the question', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  const path = '/v2.1/os-baremetal-nodes';
  assert.deepEqual((await admin.get(path)).body, { nodes: [] });
  const one = await admin.get(`${path}/7`);
  assert.equal(one.status, 404);
  assert.equal(one.body.itemNotFound.message, 'Node 7 could not be found.');
  assert.equal((await demo.get(path)).status, 403);
  const refused = [
    await admin.post(path, { node: {} }),
    await admin.delete(`${path}/7`),
    await admin.post(`${path}/7/action`, { add_interface: { address: 'aa:aa:aa:aa:aa:aa' } }),
    await admin.post(`${path}/7/action`, { remove_interface: {} }),
  ];
  const commands = ['node-create', 'node-delete', 'port-create', 'port-delete'];
  for (const [index, { status, body }] of refused.entries()) {
    assert.equal(status, 400);
    assert.ok(body.badRequest.message.includes(`Ironic command ${commands[index]} `));
  }
  assert.equal((await admin.get(path, at('2.35'))).status, 200);
  assert.equal((await admin.get(path, at('2.36'))).status, 404);
  assert.equal((await admin.post(path, {}, at('2.36'))).status, 404);
});
