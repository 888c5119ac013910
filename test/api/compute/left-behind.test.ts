import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { settleAction, shown } from '#test/resizes.ts';
import { createSeparateHosts, type SeparateHosts } from '#test/separate-hosts.ts';
import { makeServer, statusOf } from '#test/servers.ts';
import { openSilentTransport } from '#test/silent-transport.ts';

const names = ['one', 'two', 'three'];
const hosts = names.map((name) => ({ name }));
const noPassword = { onSharedStorage: false };
const hard = { reboot: { type: 'HARD' } };
const clock = {
  ...systemClock,
  sleep: (ms: number, signal?: AbortSignal) =>
    systemClock.sleep(ms === limits.heartbeatMs ? 20 : ms, signal),
};

/** A cloud of machines that cannot be fenced: one that falls silent is out of reach. */
async function startCloud() {
  const machines = createSeparateHosts(names);
  const transport = openSilentTransport();
  const fault = { kind: '', step: '', lost: '' };
  const beforeStep = async (kind: string, step: string) => {
    if (kind !== fault.kind || step !== fault.step) return;
    const host = names.find((name) => guestsOn(machines, name) > 0) ?? '';
    transport.cut(host, 'refused');
    machines.of(host).hypervisor.failNext('remove', { times: 1000 });
    Object.assign(fault, { kind: '', lost: host });
    throw new Error('the cable is cut');
  };
  const options = { hosts, clock, transport, openDrivers: machines.openDrivers };
  const cloud = await startTestCloud({ ...options, faults: { beforeStep } });
  /** Instead of this step the machine is lost on which the guest runs then. */
  const loseAt = (kind: string, step: string) => Object.assign(fault, { kind, step });
  const find = () => {
    machines.of(fault.lost).hypervisor.clearFaults();
    transport.mend(fault.lost);
  };
  return { cloud, machines, loseAt, lost: () => fault.lost, find };
}

function guestsOn(machines: SeparateHosts, host: string): number {
  const { guests } = machines.of(host).hypervisor;
  return [...guests.values()].filter(({ power }) => power === 'running').length;
}

const isRunning = (machines: SeparateHosts, host: string, id: string) =>
  machines.of(host).hypervisor.guests.get(id)?.power === 'running';

const hostOf = async (cloud: TestCloud, id: string): Promise<string> =>
  (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];

/** A migration whose target is lost when the guest runs there. */
async function failMigration() {
  const started = await startCloud();
  const { cloud, machines, loseAt, lost } = started;
  const id = await makeServer(cloud);
  const source = await hostOf(cloud, id);
  loseAt('resize-server', 'mark-resized');
  assert.equal(await settleAction(cloud, id, { migrate: null }, cloud.admin), 202);
  assert.equal(await statusOf(cloud.demo, id), 'ERROR');
  assert.equal(await hostOf(cloud, id), source);
  const target = lost();
  assert.notEqual(target, source);
  assert.ok(isRunning(machines, target, id), 'nobody could end it there');
  assert.ok(!isRunning(machines, source, id));
  return { ...started, id, source, target };
}

async function assertRefused(cloud: TestCloud, id: string, action: object): Promise<void> {
  const before = await shown(cloud, id);
  const { status, body } = await cloud.admin.post(`/v2.1/servers/${id}/action`, action);
  assert.equal(status, 409);
  assert.match(body.conflictingRequest.message, /while it may run on a host that does not answer/);
  assert.deepEqual(await shown(cloud, id), before);
}

async function forceDown(cloud: TestCloud, host: string): Promise<void> {
  const body = { host, binary: 'nova-compute', forced_down: true };
  const at = { 'openstack-api-version': 'compute 2.11' };
  assert.equal((await cloud.admin.put('/v2.1/os-services/force-down', body, at)).status, 200);
}

describe('a server whose migration failed with its guest out of reach', () => {
  test('is started by nothing until that host is back, and then by whoever asks', async () => {
    const { cloud: started, machines, find, id, source, target } = await failMigration();
    await using cloud = started;
    const imageRef = (await shown(cloud, id)).image.id;
    for (const action of [hard, { rescue: null }, { rebuild: { imageRef } }]) {
      await assertRefused(cloud, id, action);
    }
    assert.equal(await settleAction(cloud, id, { 'os-stop': null }), 202);
    await assertRefused(cloud, id, { 'os-start': null });
    await cloud.restart();
    await assertRefused(cloud, id, { 'os-start': null });
    find();
    await eventually('the host gives it up', () => !isRunning(machines, target, id));
    const path = `/v2.1/servers/${id}/action`;
    const ask = async () => (await cloud.demo.post(path, { 'os-start': null })).status === 202;
    await eventually('it may start', ask);
    await cloud.cloud.services.operations.whenIdle();
    assert.ok(isRunning(machines, source, id));
    assert.deepEqual(machines.doubled, []);
  });

  test('is started once an administrator says that the host is down', async () => {
    const { cloud: started, machines, id, source, target } = await failMigration();
    await using cloud = started;
    await assertRefused(cloud, id, hard);
    // As the administrator must have seen to before saying so.
    machines.of(target).hypervisor.guests.delete(id);
    await forceDown(cloud, target);
    assert.equal(await settleAction(cloud, id, hard), 202);
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    assert.ok(isRunning(machines, source, id));
    assert.deepEqual(machines.doubled, []);
  });

  test('can be deleted, and is gone from that host when it is back', async () => {
    const { cloud: started, machines, find, id, target } = await failMigration();
    await using cloud = started;
    assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(await statusOf(cloud.demo, id), 'gone');
    find();
    const { hypervisor, storage, network } = machines.of(target);
    const count = () => hypervisor.guests.size + storage.rootDisks.size + network.ports.size;
    await eventually('nothing of it is left', () => count() === 0);
  });
});

test('one that failed to unshelve on a host that is lost is not unshelved elsewhere', async () => {
  const { cloud: started, machines, loseAt, lost, find } = await startCloud();
  await using cloud = started;
  const id = await makeServer(cloud);
  assert.equal(await settleAction(cloud, id, { shelve: null }), 202);
  loseAt('unshelve-server', 'mark-active');
  assert.equal(await settleAction(cloud, id, { unshelve: null }), 202);
  assert.equal(await statusOf(cloud.demo, id), 'SHELVED_OFFLOADED');
  assert.ok(isRunning(machines, lost(), id));
  await assertRefused(cloud, id, { unshelve: null });
  find();
  await eventually('the host gives it up', () => guestsOn(machines, lost()) === 0);
  const path = `/v2.1/servers/${id}/action`;
  const ask = async () => (await cloud.demo.post(path, { unshelve: null })).status === 202;
  await eventually('it may start', ask);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.deepEqual(machines.doubled, []);
});

test('one that was evacuated to a host that is lost is not evacuated to a third', async () => {
  const { cloud: started, machines, loseAt, lost, find } = await startCloud();
  await using cloud = started;
  const id = await makeServer(cloud);
  await forceDown(cloud, await hostOf(cloud, id));
  loseAt('evacuate-server', 'mark-evacuated');
  assert.equal(await settleAction(cloud, id, { evacuate: noPassword }, cloud.admin), 200);
  assert.equal(await statusOf(cloud.demo, id), 'ERROR');
  assert.ok(isRunning(machines, lost(), id));
  await assertRefused(cloud, id, { evacuate: noPassword });
  find();
  await eventually('the host gives it up', () => guestsOn(machines, lost()) === 0);
  const path = `/v2.1/servers/${id}/action`;
  const ask = async () => (await cloud.admin.post(path, { evacuate: noPassword })).status === 200;
  await eventually('it may start', ask);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.deepEqual(machines.doubled, []);
});
