import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '#base/virtual-clock.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { makeServer, serverBody, statusOf } from '#test/servers.ts';

const hourMs = 3_600_000;
const config = { reclaimAfterMs: hourMs };

async function remove(cloud: TestCloud, id: string): Promise<void> {
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  await cloud.cloud.services.operations.whenIdle();
}

const listed = async (cloud: TestCloud, query = '', client = cloud.demo): Promise<string[]> => {
  const { status, body } = await client.get(`/v2.1/servers${query}`);
  assert.equal(status, 200);
  return body.servers.map((server: { id: string }) => server.id);
};

test('where deletion is deferred, a server is put aside and can be restored', async () => {
  await using cloud = await startTestCloud({ config });
  const id = await makeServer(cloud);
  await remove(cloud, id);
  const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
  assert.equal(server.status, 'SOFT_DELETED');
  assert.equal(server['OS-EXT-STS:vm_state'], 'soft-delete');
  assert.equal(server['OS-EXT-STS:power_state'], 4);
  // Deleting what is put aside changes nothing.
  await remove(cloud, id);
  const path = `/v2.1/servers/${id}/action`;
  assert.equal((await cloud.demo.post(path, { restore: null })).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.equal((await cloud.demo.post(path, { restore: null })).status, 409);
  const actions = (await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`)).body;
  const names = actions.instanceActions.map((action: { action: string }) => action.action);
  assert.deepEqual(names, ['restore', 'delete', 'create']);
});

test('what is put aside is listed only for those who ask for it', async () => {
  await using cloud = await startTestCloud({ config });
  const id = await makeServer(cloud);
  await remove(cloud, id);
  assert.deepEqual(await listed(cloud), []);
  assert.deepEqual(await listed(cloud, '?status=SOFT_DELETED'), [id]);
  assert.deepEqual(await listed(cloud, '?changes-since=2020-01-01T00:00:00Z'), [id]);
  const { admin } = cloud;
  assert.deepEqual(await listed(cloud, '?all_tenants=1', admin), []);
  assert.deepEqual(await listed(cloud, '?all_tenants=1&soft_deleted=true', admin), [id]);
  assert.deepEqual(await listed(cloud, '?all_tenants=1&deleted=true', admin), [id]);
});

test('what is put aside is deleted when its time is over, and not before', async () => {
  const clock = new VirtualClock(Date.now());
  await using cloud = await startTestCloud({ config, clock });
  const [kept, restored] = [await makeServer(cloud), await makeServer(cloud)];
  await remove(cloud, kept);
  await remove(cloud, restored);
  await clock.advance(hourMs - 120_000);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, kept), 'SOFT_DELETED');
  await cloud.demo.post(`/v2.1/servers/${restored}/action`, { restore: null });
  await cloud.cloud.services.operations.whenIdle();
  await clock.advance(240_000);
  // The round of reclaiming has begun by itself.
  const isGone = async () => (await statusOf(cloud.demo, kept)) === 'gone';
  await eventually('it is deleted', isGone, 60_000);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, restored), 'ACTIVE');
  assert.deepEqual(cloud.hosts.leftovers().guests, [restored]);
});

test('forceDelete deletes at once, from every state', async () => {
  await using cloud = await startTestCloud({ config });
  for (const isPutAside of [true, false]) {
    const id = await makeServer(cloud);
    if (isPutAside) await remove(cloud, id);
    const path = `/v2.1/servers/${id}/action`;
    assert.equal((await cloud.demo.post(path, { forceDelete: null })).status, 202);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(await statusOf(cloud.demo, id), 'gone');
  }
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
});

test('what is put aside frees the quota, and comes back only where there is room', async () => {
  const quota = { instances: 1, cores: -1, memoryMib: -1 };
  await using cloud = await startTestCloud({ config, quota });
  const id = await makeServer(cloud);
  await remove(cloud, id);
  const other = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/action`;
  const refused = await cloud.demo.post(path, { restore: null });
  assert.equal(refused.status, 403);
  assert.match(refused.body.forbidden.message, /Quota exceeded for instances/);
  assert.equal(await statusOf(cloud.demo, id), 'SOFT_DELETED');
  await cloud.demo.post(`/v2.1/servers/${other}/action`, { forceDelete: null });
  await cloud.cloud.services.operations.whenIdle();
  assert.equal((await cloud.demo.post(path, { restore: null })).status, 202);
});

test('a server that never ran is deleted at once', async () => {
  const faults = {
    beforeStep: async (kind: string, step: string) => {
      if (kind === 'create-server' && step === 'make-disks') throw new Error('no disk');
    },
  };
  await using cloud = await startTestCloud({ config, faults });
  const made = await cloud.demo.post('/v2.1/servers', await serverBody(cloud.demo));
  await cloud.cloud.services.operations.whenIdle();
  await remove(cloud, made.body.server.id);
  assert.equal(await statusOf(cloud.demo, made.body.server.id), 'gone');
});

test('a locked server is neither put aside nor restored by its owner', async () => {
  await using cloud = await startTestCloud({ config });
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/action`;
  await cloud.demo.post(path, { lock: null });
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 409);
  assert.equal((await cloud.demo.post(path, { forceDelete: null })).status, 409);
  assert.equal((await cloud.admin.delete(`/v2.1/servers/${id}`)).status, 204);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal((await cloud.demo.post(path, { restore: null })).status, 409);
  assert.equal((await cloud.admin.post(path, { restore: null })).status, 202);
});
