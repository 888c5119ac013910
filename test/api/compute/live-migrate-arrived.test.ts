import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { migrationStatuses, shown } from '#test/resizes.ts';
import { makeServer } from '#test/servers.ts';

const hosts = [{ name: 'one' }, { name: 'two' }];
const version = { 'openstack-api-version': 'compute 2.34' };

function migrate(cloud: TestCloud, id: string, host: string | null = null) {
  const body = { 'os-migrateLive': { host, block_migration: 'auto' } };
  return cloud.admin.post(`/v2.1/servers/${id}/action`, body, version);
}

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

/** A cloud whose live migrations wait before they clear the former host, until let go. */
async function startHeld(clock = systemClock) {
  const arrived = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const faults = {
    beforeStep: async (_kind: string, step: string) => {
      if (step !== 'leave-source') return;
      arrived.resolve();
      await letGo.promise;
    },
  };
  const cloud = await startTestCloud({ hosts, areApart: true, faults, clock });
  return { cloud, arrived: arrived.promise, letGo: letGo.resolve };
}

const disksOn = (cloud: TestCloud, host: string) => [
  ...(cloud.hosts.machines.get(host)?.storage.rootDisks.keys() ?? []),
];

describe('a server that has arrived', () => {
  test('is at rest before its former host is cleared, and can be moved on at once', async () => {
    const { cloud, arrived, letGo } = await startHeld();
    await using _ = cloud;
    const id = await makeServer(cloud);
    const source = (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
    assert.equal((await migrate(cloud, id)).status, 202);
    await arrived;
    const server = await shown(cloud, id);
    assert.deepEqual([server.status, server['OS-EXT-STS:task_state']], ['ACTIVE', null]);
    assert.notEqual(server['OS-EXT-SRV-ATTR:host'], source);
    assert.deepEqual(await migrationStatuses(cloud, id), ['post-migrating']);
    assert.deepEqual(disksOn(cloud, source), [id]);
    const further = migrate(cloud, id, source);
    letGo();
    assert.equal((await further).status, 202);
    await idle(cloud);
    assert.equal((await shown(cloud, id))['OS-EXT-SRV-ATTR:host'], source);
    assert.deepEqual(await migrationStatuses(cloud, id), ['completed', 'completed']);
    assert.deepEqual(disksOn(cloud, source), [id]);
    assert.deepEqual(disksOn(cloud, server['OS-EXT-SRV-ATTR:host']), []);
  });

  test('is not moved while its former host takes long, and changes in no way', async () => {
    let leapMs = 0;
    const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + leapMs };
    const { cloud, arrived, letGo } = await startHeld(clock);
    await using _ = cloud;
    const id = await makeServer(cloud);
    await migrate(cloud, id);
    await arrived;
    const before = await shown(cloud, id);
    const further = migrate(cloud, id);
    leapMs = 10_000;
    assert.equal((await further).status, 409);
    assert.deepEqual(await shown(cloud, id), before);
    letGo();
    await idle(cloud);
    assert.equal((await migrate(cloud, id)).status, 202);
    await idle(cloud);
  });

  test('is deleted with what is still on its former host', async () => {
    const { cloud, arrived, letGo } = await startHeld();
    await using _ = cloud;
    const id = await makeServer(cloud);
    await migrate(cloud, id);
    await arrived;
    assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
    letGo();
    await idle(cloud);
    assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
  });

  test('keeps the task that was set since, also where its arrival is told once more', async () => {
    const tasks: string[] = [];
    let told: { cloud: TestCloud; id: string } | undefined;
    const faults = {
      afterStep: async (_kind: string, step: string) => {
        if (step !== 'mark-arrived' || !told) return undefined;
        await told.cloud.demo.post(`/v2.1/servers/${told.id}/action`, { pause: null });
        return 'repeat' as const;
      },
      beforeStep: async (_kind: string, step: string) => {
        if (step !== 'leave-source' || !told) return;
        tasks.push((await shown(told.cloud, told.id))['OS-EXT-STS:task_state']);
      },
    };
    await using cloud = await startTestCloud({ hosts, areApart: true, faults });
    const id = await makeServer(cloud);
    told = { cloud, id };
    await migrate(cloud, id);
    await idle(cloud);
    assert.deepEqual(tasks, ['pausing']);
    assert.equal((await shown(cloud, id)).status, 'PAUSED');
  });

  test('has no fault where its former host could not be cleared at first', async () => {
    let failures = 0;
    const faults = {
      beforeStep: async (_kind: string, step: string) => {
        if (step !== 'leave-source') return;
        failures += 1;
        throw new Error('not now');
      },
    };
    await using cloud = await startTestCloud({ hosts, areApart: true, faults });
    const id = await makeServer(cloud);
    const source = (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
    await migrate(cloud, id);
    await idle(cloud);
    const server = await shown(cloud, id);
    assert.deepEqual([failures, server.status, server.fault], [1, 'ACTIVE', undefined]);
    assert.deepEqual(await migrationStatuses(cloud, id), ['completed']);
    const { body } = await cloud.admin.get(`/v2.1/servers/${id}/os-instance-actions`);
    assert.equal(body.instanceActions[0].message, null);
    assert.deepEqual(disksOn(cloud, source), []);
  });
});
