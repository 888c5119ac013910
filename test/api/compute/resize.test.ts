import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { after } from '#test/harness.ts';
import { migrationStatuses, resizeTo, settleAction, shown } from '#test/resizes.ts';
import { flavorId, makeServer, statusOf } from '#test/servers.ts';

const confirm = { confirmResize: null };
const revert = { revertResize: null };
const gib = 1024 ** 3;

function diskGib(cloud: TestCloud, id: string): number {
  return (cloud.hosts.storage.rootDisks.get(id)?.sizeBytes ?? 0) / gib;
}

async function usedBy(cloud: TestCloud): Promise<number[]> {
  const { body } = await cloud.admin.get('/v2.1/os-hypervisors/detail');
  const [host] = body.hypervisors;
  return [host.running_vms, host.vcpus_used, host.memory_mb_used, host.local_gb_used];
}

async function quotaUsed(cloud: TestCloud): Promise<number[]> {
  const { absolute } = (await cloud.demo.get('/v2.1/limits')).body.limits;
  return [absolute.totalInstancesUsed, absolute.totalCoresUsed, absolute.totalRAMUsed];
}

describe('resize', () => {
  test('gives a server its new flavor, and confirmation makes that final', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    await resizeTo(cloud, id, 'm1.medium');
    const server = await shown(cloud, id);
    assert.equal(server.status, 'VERIFY_RESIZE');
    assert.equal(server['OS-EXT-STS:vm_state'], 'resized');
    assert.equal(server['OS-EXT-STS:task_state'], null);
    assert.equal(server['OS-EXT-STS:power_state'], 1);
    assert.equal(server.flavor.id, '3');
    assert.equal(diskGib(cloud, id), 40);
    assert.equal(cloud.hosts.storage.formerDisks.get(id)?.root.sizeBytes, gib);
    assert.equal(await settleAction(cloud, id, confirm), 204);
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    assert.equal(diskGib(cloud, id), 40);
    assert.equal(cloud.hosts.storage.formerDisks.size, 0);
    assert.deepEqual(await migrationStatuses(cloud, id), ['confirmed']);
    assert.equal(await settleAction(cloud, id, confirm), 409);
    assert.equal(await settleAction(cloud, id, revert), 409);
  });

  test('is taken back whole: flavor, disk, guest and what it held', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const before = { used: await usedBy(cloud), quota: await quotaUsed(cloud) };
    await resizeTo(cloud, id, 'm1.small');
    assert.equal(await settleAction(cloud, id, revert), 202);
    const server = await shown(cloud, id);
    assert.equal(server.status, 'ACTIVE');
    assert.equal(server.flavor.id, '42');
    assert.equal(diskGib(cloud, id), 1);
    assert.equal(cloud.hosts.storage.formerDisks.size, 0);
    assert.deepEqual({ used: await usedBy(cloud), quota: await quotaUsed(cloud) }, before);
    assert.deepEqual(await migrationStatuses(cloud, id), ['reverted']);
  });

  test('of a server that is off leaves it off, confirmed or reverted', async () => {
    await using cloud = await startTestCloud();
    for (const end of [confirm, revert]) {
      const id = await after({ 'os-stop': null })(cloud);
      await resizeTo(cloud, id, 'm1.small');
      const server = await shown(cloud, id);
      assert.deepEqual([server.status, server['OS-EXT-STS:power_state']], ['VERIFY_RESIZE', 4]);
      await settleAction(cloud, id, end);
      assert.equal(await statusOf(cloud.demo, id), 'SHUTOFF');
    }
  });

  test('claims both flavors of the host, the larger of the quota, until it ends', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    assert.deepEqual(await usedBy(cloud), [1, 1, 192, 1]);
    await resizeTo(cloud, id, 'm1.medium');
    assert.deepEqual(await usedBy(cloud), [1, 3, 192 + 4096, 41]);
    assert.deepEqual(await quotaUsed(cloud), [1, 2, 4096]);
    await settleAction(cloud, id, confirm);
    assert.deepEqual(await usedBy(cloud), [1, 2, 4096, 40]);
    await makeSmaller(cloud);
    await settleAction(cloud, id, { resize: { flavorRef: 'narrow' } });
    assert.equal((await shown(cloud, id)).status, 'VERIFY_RESIZE');
    // The way back stays paid for.
    assert.deepEqual(await quotaUsed(cloud), [1, 2, 4096]);
    await settleAction(cloud, id, confirm);
    assert.deepEqual(await quotaUsed(cloud), [1, 1, 512]);
    assert.deepEqual(await usedBy(cloud), [1, 1, 512, 40]);
  });

  test('takes a flavor by its URI, and with a disk configuration', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const flavorRef = `${cloud.url}/v2/${cloud.demo.projectId}/flavors/2`;
    const body = { resize: { flavorRef, 'OS-DCF:diskConfig': 'AUTO' } };
    assert.equal(await settleAction(cloud, id, body), 202);
    const server = await shown(cloud, id);
    assert.deepEqual([server.flavor.id, server['OS-DCF:diskConfig']], ['2', 'AUTO']);
  });

  test('tells each of its actions and events by the names that clients know', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    await resizeTo(cloud, id, 'm1.small');
    await settleAction(cloud, id, revert);
    await resizeTo(cloud, id, 'm1.small');
    await settleAction(cloud, id, confirm);
    const path = `/v2.1/servers/${id}/os-instance-actions`;
    const { instanceActions } = (await cloud.admin.get(path)).body;
    const names = instanceActions.map((action: { action: string }) => action.action);
    assert.deepEqual(names, ['confirmResize', 'resize', 'revertResize', 'resize', 'create']);
    const { request_id } = instanceActions[0];
    const { instanceAction } = (await cloud.admin.get(`${path}/${request_id}`)).body;
    assert.equal(instanceAction.events[0].event, 'compute_confirm_resize');
  });
});

/** Fewer processors and less memory on the same disk. */
async function makeSmaller(cloud: TestCloud): Promise<void> {
  const flavor = { id: 'narrow', name: 'narrow', vcpus: 1, ram: 512, disk: 40 };
  assert.equal((await cloud.admin.post('/v2.1/flavors', { flavor })).status, 200);
}

describe('resize is refused', () => {
  test('for a flavor that is the same, unknown, or smaller on disk', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const path = `/v2.1/servers/${id}/action`;
    const refusal = async (flavorRef: unknown) => {
      const { status, body } = await cloud.demo.post(path, { resize: { flavorRef } });
      assert.equal(status, 400);
      return body.badRequest.message;
    };
    assert.match(await refusal('42'), /instances must change flavor/);
    assert.match(await refusal('nothing'), /Flavor nothing could not be found/);
    const diskless = { id: 'none', name: 'none', vcpus: 1, ram: 192, disk: 0 };
    await cloud.admin.post('/v2.1/flavors', { flavor: diskless });
    assert.match(await refusal('none'), /Resize to zero disk flavor is not allowed/);
    await resizeTo(cloud, id, 'm1.small');
    await settleAction(cloud, id, confirm);
    assert.match(await refusal('1'), /disk was unable to be resized/);
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
    assert.deepEqual(await migrationStatuses(cloud, id), ['confirmed']);
  });

  test('for what no host has room for, and for more than the quota', async () => {
    const hosts = [{ name: 'one', vcpus: 4, memoryMib: 8192, diskGib: 100 }];
    await using cloud = await startTestCloud({ hosts });
    const id = await makeServer(cloud);
    const path = `/v2.1/servers/${id}/action`;
    const ask = async (name: string) => {
      const body = { resize: { flavorRef: await flavorId(cloud.demo, name) } };
      return cloud.demo.post(path, body);
    };
    const noRoom = await ask('m1.xlarge');
    assert.equal(noRoom.status, 400);
    assert.match(noRoom.body.badRequest.message, /No valid host was found/);
    const quota_set = { cores: 1 };
    await cloud.admin.put(`/v2.1/os-quota-sets/${cloud.demo.projectId}`, { quota_set });
    const tooMuch = await ask('m1.medium');
    assert.equal(tooMuch.status, 403);
    assert.match(tooMuch.body.forbidden.message, /cores: Requested 1, but already used 1 of 1/);
    // As many processors as before are not more of them.
    assert.equal((await ask('m1.small')).status, 202);
  });

  test('of a locked server, to all but administrators', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const resize = { resize: { flavorRef: '2' } };
    const refused = async (body: object) => {
      await settleAction(cloud, id, { lock: null });
      assert.equal(await settleAction(cloud, id, body), 409);
      assert.ok((await settleAction(cloud, id, body, cloud.admin)) < 300);
      await settleAction(cloud, id, { unlock: null });
    };
    await refused(resize);
    await refused(revert);
    await settleAction(cloud, id, resize);
    await refused(confirm);
  });

  test('for bodies that are none, by readers, and to strangers', async () => {
    await using cloud = await startTestCloud();
    const path = `/v2.1/servers/${await makeServer(cloud)}/action`;
    const bodies = [
      { resize: null },
      { resize: {} },
      { resize: { flavorRef: '' } },
      { resize: { flavorRef: '2', 'OS-DCF:diskConfig': 'SOME' } },
      { resize: { flavorRef: '2', more: 1 } },
      { confirmResize: {} },
      { revertResize: 'yes' },
    ];
    for (const body of bodies) {
      assert.equal((await cloud.demo.post(path, body)).status, 400, JSON.stringify(body));
    }
    const reader = await cloud.userOf('demo', 'reader');
    const stranger = await cloud.userOf('other', 'member');
    for (const body of [{ resize: { flavorRef: '2' } }, confirm, revert]) {
      assert.equal((await reader.post(path, body)).status, 403);
      assert.equal((await stranger.post(path, body)).status, 404);
      assert.equal((await cloud.nobody.post(path, body)).status, 401);
    }
  });
});
