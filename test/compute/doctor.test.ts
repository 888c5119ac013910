import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { findDifferences } from '#cloud';
import { updateServer } from '#compute/servers/store.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createSeparateHosts } from '#test/separate-hosts.ts';
import { makeServer, serverBody, statusOf } from '#test/servers.ts';
import { examine } from '../../src/cli/examine.ts';

const stray = '11111111-1111-4111-8111-111111111111';

async function diagnose(cloud: TestCloud, fixes = false) {
  const lines: string[] = [];
  const { services } = cloud.cloud;
  const hosts = services.compute.hosts.map(({ name }) => ({ name, zone: 'nova' }));
  const place = { stateDirectory: cloud.stateDirectory, hosts };
  const look = () => findDifferences(services, place, () => undefined);
  const examination = { services, look, fixes, isServing: true };
  const code = await examine(examination, (line) => lines.push(line));
  return { code, lines };
}

test('the doctor finds nothing on hosts that are as the database says', async () => {
  await using cloud = await startTestCloud({ hosts: [{ name: 'one' }, { name: 'two' }] });
  const id = await makeServer(cloud);
  await makeServer(cloud);
  await cloud.demo.post(`/v2.1/servers/${id}/action`, { suspend: null });
  await cloud.cloud.services.operations.whenIdle();
  await cloud.cloud.services.networks.converged();
  assert.deepEqual(await diagnose(cloud), {
    code: 0,
    lines: ['the hosts are as the database says'],
  });
});

test('the doctor tells what is foreign, and removes it only when it is told to', async () => {
  await using cloud = await startTestCloud({ hosts: [{ name: 'one' }, { name: 'two' }] });
  const id = await makeServer(cloud);
  await cloud.cloud.services.networks.converged();
  const { hypervisor, storage, network } = cloud.hosts;
  const spec = hypervisor.guests.get(id)?.spec;
  const [port] = network.ports.values();
  const [wire] = network.networks.values();
  const disk = storage.rootDisks.get(id);
  assert.ok(spec && port && disk && wire);
  hypervisor.startGuest({ ...spec, id: stray });
  storage.rootDisks.set(stray, { ...disk, diskId: stray });
  network.ports.set(stray, { ...port, id: stray });
  network.networks.set(stray, { ...wire, id: stray });
  const found = ['guest of no server', 'disks of no server', 'wire of no server'];
  const lines = [
    ...found.map((what) => `host one: ${what} ${stray}`),
    `networks: network that nobody knows ${stray}`,
  ];
  const told = { code: 1, lines: [...lines, '4 differences are left'] };
  assert.deepEqual(await diagnose(cloud), told);
  assert.deepEqual(await diagnose(cloud), told);
  assert.deepEqual(await diagnose(cloud, true), {
    code: 0,
    lines: [...lines.map((line) => `${line}, removed`), 'the hosts are as the database says'],
  });
  assert.equal((await diagnose(cloud)).code, 0);
  assert.equal(hypervisor.guests.get(id)?.power, 'running');
  assert.equal(network.networks.has(wire.id), true);
});

test('the doctor tells what is missing, and no fix makes it up', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await cloud.cloud.services.networks.converged();
  const { hypervisor, storage, network } = cloud.hosts;
  const [portId] = network.ports.keys();
  hypervisor.guests.delete(id);
  storage.rootDisks.delete(id);
  storage.configDrives.delete(id);
  network.ports.clear();
  const { code, lines } = await diagnose(cloud, true);
  assert.equal(code, 1);
  const said = lines.map((line) => line.replace(/^host \S+: /, ''));
  assert.deepEqual(said, [
    `no such guest as promised of server ${id}`,
    `no disk of server ${id}`,
    `no wire of port ${portId}`,
    '3 differences are left',
  ]);
  // What is being worked on is not called missing.
  const { database } = cloud.cloud.services;
  await updateServer(database.queries, id, { task_state: 'powering-off' }, 1);
  assert.equal((await diagnose(cloud)).code, 0);
});

test('a guest on a machine that its server is not on is foreign there', async () => {
  const machines = createSeparateHosts(['one', 'two']);
  const hosts = [{ name: 'one' }, { name: 'two' }];
  await using cloud = await startTestCloud({ hosts, openDrivers: machines.openDrivers });
  const id = await makeServer(cloud);
  const isOne = machines.of('one').hypervisor.guests.has(id);
  const [own, other] = isOne ? ['one', 'two'] : ['two', 'one'];
  const spec = machines.of(own ?? '').hypervisor.guests.get(id)?.spec;
  assert.ok(spec);
  machines.of(other ?? '').hypervisor.startGuest(spec);
  const { lines } = await diagnose(cloud, true);
  assert.ok(lines.includes(`host ${other}: guest of no server ${id}, removed`), lines.join('\n'));
  assert.equal(machines.of(own ?? '').hypervisor.guests.get(id)?.power, 'running');
  assert.equal(machines.of(other ?? '').hypervisor.guests.has(id), false);
});

test('the doctor beside a cloud at work takes nothing away that is being made', async () => {
  await using cloud = await startTestCloud({ hosts: [{ name: 'one' }, { name: 'two' }] });
  const body = await serverBody(cloud.demo);
  const { operations } = cloud.cloud.services;
  const whileWorking = async () => {
    let isIdle = false;
    const idle = operations.whenIdle().then(() => {
      isIdle = true;
    });
    while (!isIdle) {
      await diagnose(cloud, true);
      await setImmediate();
    }
    await idle;
  };
  const made = await Promise.all(
    Array.from({ length: 8 }, () => cloud.demo.post('/v2.1/servers', body)),
  );
  await whileWorking();
  const ids = made.map((answer) => answer.body.server.id as string);
  for (const id of ids) assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.deepEqual((await diagnose(cloud)).lines, ['the hosts are as the database says']);
  await Promise.all(ids.map((id) => cloud.demo.delete(`/v2.1/servers/${id}`)));
  await whileWorking();
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
});
