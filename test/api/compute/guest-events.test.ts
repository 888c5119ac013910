import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { done } from '#test/harness.ts';
import { makeServer, statesOf } from '#test/servers.ts';

async function actionsOf(cloud: TestCloud, id: string) {
  const path = `/v2.1/servers/${id}/os-instance-actions`;
  return (await cloud.demo.get(path)).body.instanceActions;
}

for (const reason of ['guest-shutdown', 'guest-panic', 'died'] as const) {
  test(`a guest that ends by itself (${reason}) is stopped`, async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    cloud.hosts.hypervisor.endGuest(id, reason);
    const isSeen = async () => (await statesOf(cloud, id))[0] === 'SHUTOFF';
    await eventually('the record follows', isSeen);
    // Crashed, where the guest itself said so.
    const power = reason === 'guest-panic' ? 6 : 4;
    assert.deepEqual(await statesOf(cloud, id), ['SHUTOFF', 'stopped', power]);
    const [stop, ...others] = await actionsOf(cloud, id);
    assert.equal(stop.action, 'stop');
    assert.deepEqual(
      others.map(({ action }: { action: string }) => action),
      ['create'],
    );
    const path = `/v2.1/servers/${id}/os-instance-actions/${stop.request_id}`;
    const { instanceAction } = (await cloud.admin.get(path)).body;
    assert.equal(instanceAction.events[0].event, 'compute_stop_instance');
    assert.equal(instanceAction.events[0].result, 'Success');
    await done(cloud, id, { 'os-start': null });
    assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 1]);
  });
}

test('a guest that reboots by itself stays what it is, without an action', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  cloud.hosts.hypervisor.resetGuest(id);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(await statesOf(cloud, id), ['ACTIVE', 'active', 1]);
  assert.equal((await actionsOf(cloud, id)).length, 1);
});

test('a guest that an action ends is stopped once', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await done(cloud, id, { 'os-stop': null });
  const names = (await actionsOf(cloud, id)).map(({ action }: { action: string }) => action);
  assert.deepEqual(names, ['stop', 'create']);
});

test('what no event told is found when hosts are compared, now and again', async () => {
  const clock = new VirtualClock(Date.now());
  await using cloud = await startTestCloud({ clock });
  const id = await makeServer(cloud);
  const guest = cloud.hosts.hypervisor.guests.get(id);
  assert.ok(guest);
  guest.power = 'off';
  await clock.advance(limits.powerComparisonMs);
  const isSeen = async () => (await statesOf(cloud, id))[0] === 'SHUTOFF';
  await eventually('the record follows', isSeen);
  assert.deepEqual(await statesOf(cloud, id), ['SHUTOFF', 'stopped', 4]);
});
