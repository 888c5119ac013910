import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const body = { trigger_crash_dump: null };
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

test('since 2.17 a server is sent the interrupt to dump, and stays what it is', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/action`;
  assert.equal((await cloud.demo.request('POST', path, body, at('2.16'))).status, 404);
  assert.equal((await cloud.demo.request('POST', path, body, at('2.17'))).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.match(cloud.hosts.hypervisor.guests.get(id)?.console ?? '', /NMI received/);
  const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
  assert.deepEqual([server.status, server['OS-EXT-STS:task_state']], ['ACTIVE', null]);
  const { instanceActions } = (await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`))
    .body;
  assert.equal(instanceActions[0].action, 'trigger_crash_dump');
  assert.equal(instanceActions[0].message, null);
});

test('an interrupt that does not reach the guest is an error of the action alone', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  cloud.hosts.hypervisor.failNext('injectNmi');
  const path = `/v2.1/servers/${id}/action`;
  assert.equal((await cloud.demo.request('POST', path, body, at('2.17'))).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  const { instanceActions } = (await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`))
    .body;
  assert.equal(instanceActions[0].message, 'Error');
  assert.equal((await cloud.demo.get(`/v2.1/servers/${id}`)).body.server.status, 'ACTIVE');
});
