import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { done } from '#test/harness.ts';
import { makeServer, statesOf } from '#test/servers.ts';

test('a paused guest stands still and goes on when it is unpaused', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const guest = () => cloud.hosts.hypervisor.guests.get(id);
  const process = guest()?.processId;
  await done(cloud, id, { pause: null });
  assert.deepEqual(await statesOf(cloud, id), ['PAUSED', 'paused', 3]);
  assert.equal(guest()?.power, 'paused');
  await done(cloud, id, { unpause: null });
  assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 1]);
  assert.deepEqual([guest()?.power, guest()?.processId], ['running', process]);
  const { instanceActions } = (await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`))
    .body;
  const names = instanceActions.map(({ action }: { action: string }) => action);
  assert.deepEqual(names, ['unpause', 'pause', 'create']);
});

test('a paused server is deleted, and rebooted by force, like any other', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await done(cloud, id, { pause: null });
  await done(cloud, id, { reboot: { type: 'HARD' } });
  assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 1]);
  await done(cloud, id, { pause: null });
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
});

test('a guest that ends while it is paused is seen, also after a restart of ours', async () => {
  await using cloud = await startTestCloud();
  const [first, second] = [await makeServer(cloud), await makeServer(cloud)];
  await done(cloud, first, { pause: null });
  await done(cloud, second, { pause: null });
  cloud.hosts.hypervisor.endGuest(first);
  await eventually(
    'the record follows',
    async () => (await statesOf(cloud, first))[0] === 'SHUTOFF',
  );
  await cloud.cloud.abandon();
  cloud.hosts.hypervisor.endGuest(second);
  await cloud.restartAfterCrash();
  assert.deepEqual(await statesOf(cloud, second), ['SHUTOFF', 'stopped', 4]);
});

test("a guest that stands still by itself is active, with a paused one's power state", async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  cloud.hosts.hypervisor.haltGuest(id, 'paused');
  await eventually('the power is seen', async () => (await statesOf(cloud, id))[2] === 3);
  assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 3]);
  cloud.hosts.hypervisor.haltGuest(id, 'running');
  await eventually('the power is seen', async () => (await statesOf(cloud, id))[2] === 1);
});
