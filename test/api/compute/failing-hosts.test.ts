import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { flavorId, makeServer, statusOf } from '#test/servers.ts';

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();
const nothing = { guests: [], ports: [], disks: [] };

interface FaultyCall {
  on: 'hypervisor' | 'network' | 'storage';
  method: string;
}

function failNext(cloud: TestCloud, { on, method }: FaultyCall, options: object = {}): void {
  const host: { failNext(name: string, options: object): void } = cloud.hosts[on];
  host.failNext(method, { error: new Error('secret of /dev/host'), ...options });
}

async function act(cloud: TestCloud, id: string, action: object): Promise<void> {
  const { status, body } = await cloud.demo.post(`/v2.1/servers/${id}/action`, action);
  assert.equal(status, 202, JSON.stringify(body));
  await idle(cloud);
}

/** In error with a fault: its class for the tenant, the details for administrators only. */
async function assertFault(cloud: TestCloud, id: string): Promise<void> {
  const { body } = await cloud.demo.get(`/v2.1/servers/${id}`);
  assert.equal(body.server.status, 'ERROR');
  assert.equal(body.server['OS-EXT-STS:task_state'], null);
  const { code, message, created, ...rest } = body.server.fault;
  assert.equal(code, 500);
  assert.equal(message, 'Error');
  assert.ok(Date.parse(created) > 0);
  assert.deepEqual(rest, {});
  assert.ok(!JSON.stringify(body).includes('secret of'));
  const seen = await cloud.admin.get(`/v2.1/servers/${id}`);
  assert.match(seen.body.server.fault.details, /secret of/);
  const list = await cloud.demo.get('/v2.1/servers/detail');
  assert.ok(!JSON.stringify(list.body).includes('secret of'));
}

async function assertDeletable(cloud: TestCloud, id: string): Promise<void> {
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  await idle(cloud);
  assert.equal(await statusOf(cloud.demo, id), 'gone');
  assert.deepEqual(cloud.hosts.leftovers(), nothing);
}

const creationCalls: FaultyCall[] = [
  { on: 'storage', method: 'createRootDisk' },
  { on: 'storage', method: 'createConfigDrive' },
  { on: 'network', method: 'plugPort' },
  { on: 'hypervisor', method: 'powerOn' },
];

describe('a creation on a host that fails', () => {
  for (const call of creationCalls) {
    for (const when of ['before', 'after'] as const) {
      test(`by ${call.method}, ${when} the deed, is in ERROR and leaves nothing`, async () => {
        await using cloud = await startTestCloud();
        failNext(cloud, call, { when });
        const id = await makeServer(cloud, { config_drive: true });
        await assertFault(cloud, id);
        assert.deepEqual(cloud.hosts.leftovers(), nothing);
        const ports = await cloud.demo.get(`/network/v2.0/ports?device_id=${id}`);
        assert.deepEqual(ports.body.ports, []);
        await assertDeletable(cloud, id);
      });
    }
  }

  test('also in its undoing is in ERROR, and its deletion leaves nothing', async () => {
    await using cloud = await startTestCloud();
    failNext(cloud, { on: 'hypervisor', method: 'powerOn' }, { when: 'after' });
    failNext(cloud, { on: 'hypervisor', method: 'remove' });
    failNext(cloud, { on: 'network', method: 'unplugPort' });
    failNext(cloud, { on: 'storage', method: 'deleteDisks' });
    const id = await makeServer(cloud);
    await assertFault(cloud, id);
    await assertDeletable(cloud, id);
  });
});

describe('an action on a host that fails', () => {
  for (const when of ['before', 'after'] as const) {
    test(`a start whose powerOn fails ${when} the deed leaves it stopped`, async () => {
      await using cloud = await startTestCloud();
      const id = await makeServer(cloud);
      await act(cloud, id, { 'os-stop': null });
      failNext(cloud, { on: 'hypervisor', method: 'powerOn' }, { when });
      await act(cloud, id, { 'os-start': null });
      assert.equal(await statusOf(cloud.demo, id), 'SHUTOFF');
      const { body } = await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`);
      assert.equal(body.instanceActions[0].message, 'Error');
      const left = cloud.hosts.leftovers();
      assert.deepEqual({ ...left, guests: [] }, { ...nothing, disks: [id] });
      await act(cloud, id, { 'os-start': null });
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
      await assertDeletable(cloud, id);
    });

    test(`a stop whose powerOff fails ${when} the deed says what the guest is`, async () => {
      await using cloud = await startTestCloud();
      const id = await makeServer(cloud);
      cloud.hosts.hypervisor.ignorePowerButton(id);
      failNext(cloud, { on: 'hypervisor', method: 'powerOff' }, { when });
      await act(cloud, id, { 'os-stop': { type: 'HARD' } });
      const runs = cloud.hosts.hypervisor.guests.get(id)?.power === 'running';
      assert.equal(runs, when === 'before');
      assert.equal(await statusOf(cloud.demo, id), runs ? 'ACTIVE' : 'ERROR');
      await act(cloud, id, { reboot: { type: 'HARD' } });
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
      await assertDeletable(cloud, id);
    });

    test(`a reboot whose powerOn fails ${when} the deed can be asked for again`, async () => {
      await using cloud = await startTestCloud();
      const id = await makeServer(cloud);
      failNext(cloud, { on: 'hypervisor', method: 'powerOn' }, { when });
      await act(cloud, id, { reboot: { type: 'HARD' } });
      await assertFault(cloud, id);
      await act(cloud, id, { reboot: { type: 'HARD' } });
      const { body } = await cloud.demo.get(`/v2.1/servers/${id}`);
      assert.equal(body.server.status, 'ACTIVE');
      assert.equal(body.server.fault, undefined);
      await assertDeletable(cloud, id);
    });
  }

  test('a resize whose disks are not taken back at once leaves all as it was', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    failNext(cloud, { on: 'storage', method: 'replaceDisks' }, { when: 'after' });
    failNext(cloud, { on: 'storage', method: 'restoreDisks' }, { times: 2 });
    await act(cloud, id, { resize: { flavorRef: await flavorId(cloud.demo, 'm1.small') } });
    const { body } = await cloud.demo.get(`/v2.1/servers/${id}`);
    const { status, 'OS-EXT-STS:task_state': task } = body.server;
    assert.deepEqual([status, task], ['ACTIVE', null]);
    assert.equal(cloud.hosts.storage.formerDisks.size, 0);
    await assertDeletable(cloud, id);
  });
});
