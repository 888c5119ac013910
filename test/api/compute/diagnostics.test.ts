import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

test('diagnostics have names of the hypervisor until 2.47, then the same for all', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud, { config_drive: true });
  const path = `/v2.1/servers/${id}/diagnostics`;
  const old = await cloud.admin.get(path, at('2.47'));
  assert.equal(old.status, 200);
  for (const name of ['cpu0_time', 'vda_read', 'vdb_write_req', 'vnet0_rx', 'memory']) {
    assert.equal(typeof old.body[name], 'number', name);
  }
  const { body } = await cloud.admin.get(path, at('2.48'));
  assert.deepEqual([body.state, body.driver, body.config_drive], ['running', 'simulated', true]);
  assert.deepEqual([body.num_cpus, body.num_nics, body.num_disks], [1, 1, 2]);
  assert.match(body.nic_details[0].mac_address, /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);
  assert.equal(body.memory_details.maximum * 1024, old.body.memory);
});

test('a server that does not run has no diagnostics', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await cloud.demo.post(`/v2.1/servers/${id}/action`, { 'os-stop': null });
  await cloud.cloud.services.operations.whenIdle();
  const path = `/v2.1/servers/${id}/diagnostics`;
  assert.equal((await cloud.admin.get(path)).status, 409);
  assert.equal((await cloud.admin.get(path, at('2.48'))).status, 409);
});

test('only administrators diagnose, and only what there is', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/diagnostics`;
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await cloud.demo.get(path)).status, 403);
  assert.equal((await reader.get(path)).status, 403);
  assert.equal((await cloud.nobody.get(path)).status, 401);
  const unknown = '/v2.1/servers/00000000-0000-4000-8000-000000000000/diagnostics';
  assert.equal((await cloud.admin.get(unknown)).status, 404);
});
