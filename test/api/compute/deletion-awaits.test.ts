import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { silentLog } from '#base/log.ts';
import type { SimulatedHypervisorHost } from '#drivers/hypervisor/simulated/simulated-host.ts';
import { startTestCloud, type TestCloud, type TestCloudOptions } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { settleAction, shown } from '#test/resizes.ts';
import { createSeparateHosts, type SeparateHosts } from '#test/separate-hosts.ts';
import { makeServer, statusOf } from '#test/servers.ts';
import { openSilentTransport } from '#test/silent-transport.ts';

const names = ['one', 'two'];
const hosts = names.map((name) => ({ name, zone: `zone of ${name}` }));
/**
 * What goes on again and again does so quickly, yet leaves time in which nothing is at work: what
 * is put off is taken up again, and as long as a round of what is due agents have to answer.
 */
const paces = new Map<number, number>([
  [limits.heartbeatMs, 20],
  [limits.hostAwaitedMs, 500],
  [limits.dueMs, 3_000],
]);

/** A cloud of two machines, each of which can fall silent, and whose clock can jump ahead. */
async function startCloud(options: TestCloudOptions = {}) {
  let aheadMs = 0;
  const clock = {
    nowMs: () => systemClock.nowMs() + aheadMs,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(paces.get(ms) ?? ms, signal),
  };
  const passMs = (ms: number) => {
    aheadMs += ms;
  };
  const machines = createSeparateHosts(names);
  const transport = openSilentTransport();
  const { openDrivers } = machines;
  const cloud = await startTestCloud({ hosts, clock, transport, openDrivers, ...options });
  return { cloud, machines, transport, passMs };
}

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

const hostOf = async (cloud: TestCloud, id: string): Promise<string> =>
  (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];

async function askDeletion(cloud: TestCloud, ...ids: string[]): Promise<void> {
  for (const id of ids) assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
}

const taskOf = async (cloud: TestCloud, id: string) =>
  (await shown(cloud, id))['OS-EXT-STS:task_state'];

const isGone = async (cloud: TestCloud, id: string) => (await statusOf(cloud.demo, id)) === 'gone';

const onHost = (cloud: TestCloud, name: string) =>
  makeServer(cloud, { availability_zone: `zone of ${name}` });

/** How many guests, disks and wires a machine has. */
function countOn(machines: SeparateHosts, name: string): number {
  const { hypervisor, storage, network } = machines.of(name);
  return hypervisor.guests.size + storage.rootDisks.size + network.ports.size;
}

describe('a deletion whose host is silent', () => {
  test('waits, also through a restart, and goes on when the host answers again', async () => {
    const { cloud: started, machines, transport } = await startCloud();
    await using cloud = started;
    const id = await onHost(cloud, 'one');
    transport.cut('one', 'refused');
    await askDeletion(cloud, id);
    await idle(cloud);
    assert.equal(await taskOf(cloud, id), 'deleting');
    await cloud.restart();
    await idle(cloud);
    assert.equal(await taskOf(cloud, id), 'deleting');
    assert.equal(machines.of('one').hypervisor.guests.get(id)?.power, 'running');
    transport.mend('one');
    await eventually('it is deleted', () => isGone(cloud, id));
    assert.equal(countOn(machines, 'one'), 0);
  });

  test('keeps no other one waiting, however many there are', async () => {
    const putOff = new Set<unknown>();
    const info = (facts: { operationId?: string }, sentence: string) => {
      if (sentence.endsWith('put off')) putOff.add(facts.operationId);
    };
    const log = { ...silentLog, info };
    const { cloud: started, machines, transport, passMs } = await startCloud({ log });
    await using cloud = started;
    const min_count = limits.concurrentOperations + 1;
    await makeServer(cloud, { availability_zone: 'zone of one', min_count });
    const made = (await cloud.demo.get('/v2.1/servers')).body.servers as { id: string }[];
    const crowd = made.map(({ id }) => id);
    assert.equal(crowd.length, min_count);
    const [deleted, stopped] = [await onHost(cloud, 'two'), await onHost(cloud, 'two')];
    transport.cut('one', 'lost');
    await askDeletion(cloud, ...crowd);
    passMs(limits.silentHostMs + 1_000);
    // From then on none has a call under way that is lost, and would be waited for.
    await eventually('each is put off', () => putOff.size === min_count, 60_000);
    await askDeletion(cloud, deleted);
    const stop = await cloud.demo.post(`/v2.1/servers/${stopped}/action`, { 'os-stop': null });
    assert.equal(stop.status, 202);
    // There may be no moment in which all of the crowd rest.
    const isStopped = async () => (await statusOf(cloud.demo, stopped)) === 'SHUTOFF';
    await eventually('it is stopped', isStopped);
    await eventually('it is deleted', () => isGone(cloud, deleted));
    for (const id of crowd) assert.equal(await taskOf(cloud, id), 'deleting');
    transport.mend('one');
    for (const id of crowd) await eventually('it is deleted', () => isGone(cloud, id), 60_000);
    assert.equal(countOn(machines, 'one'), 0);
  });

  for (const how of ['refused', 'lost'] as const) {
    test(`ends once that counts as down, where calls are ${how}`, async () => {
      const { cloud: started, machines, transport, passMs } = await startCloud();
      await using cloud = started;
      const id = await onHost(cloud, 'one');
      transport.cut('one', how);
      await askDeletion(cloud, id);
      passMs(limits.silentHostMs + 1_000);
      await idle(cloud);
      assert.equal(await taskOf(cloud, id), 'deleting');
      passMs(limits.serviceDownMs);
      await eventually('it is deleted', () => isGone(cloud, id));
      assert.equal(machines.of('one').storage.rootDisks.size, 1, 'what it has there stays');
      transport.mend('one');
      await eventually('the host gives it up', () => countOn(machines, 'one') === 0);
    });
  }

  test('ends once that is forced down', async () => {
    const { cloud: started, transport } = await startCloud();
    await using cloud = started;
    const id = await onHost(cloud, 'one');
    transport.cut('one', 'refused');
    await askDeletion(cloud, id);
    await idle(cloud);
    const body = { host: 'one', binary: 'nova-compute', forced_down: true };
    const at = { 'openstack-api-version': 'compute 2.11' };
    assert.equal((await cloud.admin.put('/v2.1/os-services/force-down', body, at)).status, 200);
    await eventually('it is deleted', () => isGone(cloud, id));
  });

  test('waits for the other host of a move, too', async () => {
    const { cloud: started, machines, transport } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    assert.equal(await settleAction(cloud, id, { migrate: null }, cloud.admin), 202);
    assert.equal(await statusOf(cloud.demo, id), 'VERIFY_RESIZE');
    const target = await hostOf(cloud, id);
    assert.notEqual(target, source);
    transport.cut(source, 'refused');
    await askDeletion(cloud, id);
    await idle(cloud);
    assert.equal(await taskOf(cloud, id), 'deleting');
    assert.equal(machines.of(target).hypervisor.guests.size, 0, 'its guest is ended meanwhile');
    transport.mend(source);
    await eventually('it is deleted', () => isGone(cloud, id));
    for (const name of names) assert.equal(countOn(machines, name), 0, name);
  });

  test('takes over what is being undone on a host that does not answer', async () => {
    const { cloud: started, transport, passMs } = await startCloud();
    await using cloud = started;
    const id = await onHost(cloud, 'one');
    assert.equal(await settleAction(cloud, id, { 'os-stop': null }), 202);
    transport.cut('one', 'lost');
    const path = `/v2.1/servers/${id}/action`;
    assert.equal((await cloud.demo.post(path, { 'os-start': null })).status, 202);
    await askDeletion(cloud, id);
    passMs(limits.serviceDownMs + 1_000);
    await eventually('it is deleted', () => isGone(cloud, id));
  });
});

describe('a server that is put aside while its host', () => {
  const config = { reclaimAfterMs: 3_600_000 };

  test('is silent waits for that', async () => {
    const { cloud: started, machines, transport } = await startCloud({ config });
    await using cloud = started;
    const id = await onHost(cloud, 'one');
    transport.cut('one', 'refused');
    await askDeletion(cloud, id);
    await idle(cloud);
    assert.equal(await taskOf(cloud, id), 'soft-deleting');
    transport.mend('one');
    const isAside = async () => (await shown(cloud, id)).status === 'SOFT_DELETED';
    await eventually('it is put aside', isAside);
    assert.ok(!isRunning(machines.of('one').hypervisor, id));
  });

  test('is down is put aside at once, and its guest ended when that is back', async () => {
    const { cloud: started, machines, transport, passMs } = await startCloud({ config });
    await using cloud = started;
    const id = await onHost(cloud, 'one');
    const { hypervisor } = machines.of('one');
    const spec = hypervisor.guests.get(id)?.spec;
    assert.ok(spec);
    transport.cut('one', 'refused');
    passMs(limits.serviceDownMs + 1_000);
    await askDeletion(cloud, id);
    await idle(cloud);
    assert.equal((await shown(cloud, id)).status, 'SOFT_DELETED');
    // As on a host that boots its guests again by itself.
    hypervisor.startGuest(spec);
    transport.mend('one');
    await eventually('its guest is ended', () => !isRunning(hypervisor, id), 60_000);
    await idle(cloud);
    assert.equal(await settleAction(cloud, id, { restore: null }), 202);
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  });
});

const isRunning = ({ guests }: SimulatedHypervisorHost, id: string) =>
  guests.get(id)?.power === 'running';
