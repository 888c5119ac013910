import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { done } from '#test/harness.ts';
import { makeServer, statesOf } from '#test/servers.ts';

const powerOf = (cloud: TestCloud, id: string) => cloud.hosts.hypervisor.guests.get(id)?.power;

test('a suspended server has no process, survives restarts and goes on when asked', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await done(cloud, id, { suspend: null });
  await cloud.restartAfterCrash();
  assert.deepEqual(await statesOf(cloud, id), ['SUSPENDED', 'suspended', 4]);
  assert.equal(powerOf(cloud, id), 'suspended');
  await done(cloud, id, { resume: null });
  assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 1]);
  assert.equal(powerOf(cloud, id), 'running');
  assert.equal(cloud.hosts.hypervisor.calls.get('powerOn'), 1);
  const { instanceActions } = (await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`))
    .body;
  const names = instanceActions.map(({ action }: { action: string }) => action);
  assert.deepEqual(names, ['resume', 'suspend', 'create']);
});

test('a suspended server is rebooted by force from the beginning, and deleted whole', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await done(cloud, id, { suspend: null });
  await done(cloud, id, { reboot: { type: 'HARD' } });
  assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 1]);
  assert.equal(cloud.hosts.hypervisor.calls.get('powerOn'), 2);
  await done(cloud, id, { suspend: null });
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
});

test('a host that cannot keep the memory leaves the guest running', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  cloud.hosts.hypervisor.failNext('suspend');
  await done(cloud, id, { suspend: null });
  assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 1]);
  assert.equal(powerOf(cloud, id), 'running');
});

test('a server whose host lost its memory is SHUTOFF after a restart', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await done(cloud, id, { suspend: null });
  cloud.hosts.hypervisor.guests.delete(id);
  await cloud.restart();
  assert.deepEqual(await statesOf(cloud, id), ['SHUTOFF', 'stopped', 4]);
  await done(cloud, id, { 'os-start': null });
  assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 1]);
});

test('ending all servers with the cloud leaves the memory of a suspended one', async () => {
  await using cloud = await startTestCloud();
  const [suspended, running] = [await makeServer(cloud), await makeServer(cloud)];
  await done(cloud, suspended, { suspend: null });
  await cloud.cloud.stopServers();
  await cloud.restart();
  assert.deepEqual(await statesOf(cloud, running), ['SHUTOFF', 'stopped', 4]);
  assert.deepEqual(await statesOf(cloud, suspended), ['SUSPENDED', 'suspended', 4]);
  await done(cloud, suspended, { resume: null });
  assert.deepEqual(await statesOf(cloud, suspended), ['ACTIVE', 'active', 1]);
});
