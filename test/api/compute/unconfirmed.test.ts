import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '#base/virtual-clock.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { act } from '#test/harness.ts';
import { migrationStatuses, resizeTo, settleAction, shown } from '#test/resizes.ts';
import { makeServer, statusOf } from '#test/servers.ts';

const windowMs = 600_000;
const confirm = { confirmResize: null };

const becomes = (cloud: TestCloud, id: string, status: string) =>
  eventually(`the server is ${status}`, async () => (await statusOf(cloud.demo, id)) === status);

describe('a resize that nobody confirms', () => {
  test('is confirmed when its time is over, also by another process', async () => {
    const clock = new VirtualClock(Date.now());
    await using cloud = await startTestCloud({ clock, config: { confirmAfterMs: windowMs } });
    const id = await makeServer(cloud);
    await resizeTo(cloud, id, 'm1.small');
    await clock.advance(windowMs - 120_000);
    await cloud.restart();
    assert.equal(await statusOf(cloud.demo, id), 'VERIFY_RESIZE');
    await clock.advance(240_000);
    await becomes(cloud, id, 'ACTIVE');
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await shown(cloud, id)).flavor.id, '2');
    assert.equal(cloud.hosts.storage.formerDisks.size, 0);
  });

  test('waits for ever where no time was set', async () => {
    const clock = new VirtualClock(Date.now());
    await using cloud = await startTestCloud({ clock });
    const id = await makeServer(cloud);
    await resizeTo(cloud, id, 'm1.small');
    await clock.advance(600_000);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(cloud.hosts.storage.formerDisks.size, 1);
  });

  test('leaves nothing behind when an administrator says what the server is', async () => {
    const clock = new VirtualClock(Date.now());
    await using cloud = await startTestCloud({ clock });
    const id = await makeServer(cloud);
    await resizeTo(cloud, id, 'm1.small');
    await settleAction(cloud, id, { 'os-resetState': { state: 'active' } }, cloud.admin);
    const again = { resize: { flavorRef: '3' } };
    // What is left of the first would be in the way of the second.
    assert.equal(await settleAction(cloud, id, again), 409);
    await clock.advance(120_000);
    await eventually('it is cleared up', () => cloud.hosts.storage.formerDisks.size === 0);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    assert.equal(await settleAction(cloud, id, again), 202);
  });

  test('knows whether its guest runs: one that ended is stopped once confirmed', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    await resizeTo(cloud, id, 'm1.small');
    cloud.hosts.hypervisor.endGuest(id);
    const isOff = async () => (await shown(cloud, id))['OS-EXT-STS:power_state'] === 4;
    await eventually('its power is off', isOff);
    assert.equal(await statusOf(cloud.demo, id), 'VERIFY_RESIZE');
    await settleAction(cloud, id, confirm);
    assert.equal(await statusOf(cloud.demo, id), 'SHUTOFF');
  });
});

describe('a confirmation or reversion that failed', () => {
  test('of disks may only be asked for again', async () => {
    await using cloud = await startTestCloud();
    const { storage } = cloud.hosts;
    const id = await makeServer(cloud);
    await resizeTo(cloud, id, 'm1.small');
    storage.failNext('dropFormerDisks');
    await settleAction(cloud, id, confirm);
    assert.equal(await statusOf(cloud.demo, id), 'VERIFY_RESIZE');
    assert.deepEqual(await migrationStatuses(cloud, id), ['confirming']);
    assert.equal(await settleAction(cloud, id, { revertResize: null }), 400);
    assert.equal(await settleAction(cloud, id, confirm), 204);
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    await resizeTo(cloud, id, 'm1.medium');
    storage.failNext('restoreDisks');
    await settleAction(cloud, id, { revertResize: null });
    assert.equal(await settleAction(cloud, id, confirm), 400);
    assert.equal(await settleAction(cloud, id, { revertResize: null }), 202);
    const server = await shown(cloud, id);
    assert.deepEqual([server.status, server.flavor.id], ['ACTIVE', '2']);
  });
});

describe('deletion', () => {
  const steps = ['power-off', 'move-disks', 'change-sides', 'power-on', 'mark-resized'];
  for (const [index, step] of steps.entries()) {
    test(`clears both disks and both claims when ${step} of a resize is at work`, async () => {
      const reached = Promise.withResolvers<void>();
      const faults = {
        beforeStep: (kind: string, name: string): Promise<void> => {
          if (kind !== 'resize-server' || name !== step) return Promise.resolve();
          reached.resolve();
          return new Promise(() => undefined);
        },
      };
      // What was put aside is settled as well, and then deleted.
      const config = { reclaimAfterMs: index % 2 === 0 ? 0 : windowMs };
      const clock = new VirtualClock(Date.now());
      await using cloud = await startTestCloud({ faults, config, clock });
      const id = await makeServer(cloud);
      await act({ resize: { flavorRef: '3' } })(cloud, id);
      await reached.promise;
      assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
      // The step that does not end is given up after a while.
      await clock.advance(60_000);
      await cloud.cloud.services.operations.whenIdle();
      assert.equal(cloud.hosts.storage.formerDisks.size, 0);
      if (config.reclaimAfterMs > 0) await settleAction(cloud, id, { forceDelete: null });
      assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
      const { body } = await cloud.admin.get('/v2.1/os-hypervisors/detail');
      const [host] = body.hypervisors;
      assert.deepEqual([host.vcpus_used, host.memory_mb_used, host.local_gb_used], [0, 0, 0]);
      const used = (await cloud.demo.get('/v2.1/limits')).body.limits.absolute;
      assert.deepEqual([used.totalCoresUsed, used.totalRAMUsed], [0, 0]);
    });
  }
});
