import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeImage, makeServer, statusOf } from '#test/servers.ts';

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

async function act(cloud: TestCloud, id: string, action: object): Promise<void> {
  const { status, body } = await cloud.demo.post(`/v2.1/servers/${id}/action`, action);
  assert.equal(status, 202, JSON.stringify(body));
  await idle(cloud);
}

async function powerStateOf(cloud: TestCloud, id: string): Promise<number> {
  const { body } = await cloud.demo.get(`/v2.1/servers/${id}`);
  return body.server['OS-EXT-STS:power_state'];
}

async function portStatusOf(cloud: TestCloud, id: string): Promise<string> {
  const { body } = await cloud.demo.get(`/network/v2.0/ports?device_id=${id}`);
  return body.ports[0].status;
}

describe('after a restart', () => {
  test('servers are in the state in which they were, their guests undisturbed', async () => {
    await using cloud = await startTestCloud();
    const [running, stopped] = [await makeServer(cloud), await makeServer(cloud)];
    await act(cloud, stopped, { 'os-stop': null });
    const before = cloud.hosts.hypervisor.guests.get(running)?.processId;
    await cloud.restart();
    assert.equal(await statusOf(cloud.demo, running), 'ACTIVE');
    assert.equal(await powerStateOf(cloud, running), 1);
    assert.equal(await portStatusOf(cloud, running), 'ACTIVE');
    assert.equal(cloud.hosts.hypervisor.guests.get(running)?.processId, before);
    assert.equal(await statusOf(cloud.demo, stopped), 'SHUTOFF');
    assert.equal(await powerStateOf(cloud, stopped), 4);
    assert.equal(cloud.hosts.hypervisor.guests.get(stopped)?.power, 'off');
    await act(cloud, stopped, { 'os-start': null });
    assert.equal(await statusOf(cloud.demo, stopped), 'ACTIVE');
  });

  for (const how of ['ended', 'vanished from the host'] as const) {
    test(`a server whose guest ${how} meanwhile is SHUTOFF and can be started`, async () => {
      await using cloud = await startTestCloud();
      const id = await makeServer(cloud);
      const { guests } = cloud.hosts.hypervisor;
      const guest = guests.get(id);
      assert.ok(guest);
      // Behind the driver's back, so that nobody hears of it.
      if (how === 'ended') guest.power = 'off';
      else guests.delete(id);
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
      await cloud.restart();
      assert.equal(await statusOf(cloud.demo, id), 'SHUTOFF');
      assert.equal(await powerStateOf(cloud, id), 4);
      assert.equal(await portStatusOf(cloud, id), 'DOWN');
      await act(cloud, id, { 'os-start': null });
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
      assert.equal(await portStatusOf(cloud, id), 'ACTIVE');
    });
  }

  test('what belongs to no server is removed, what belongs to one stays', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud, { config_drive: true });
    const { hypervisor, network, storage } = cloud.hosts;
    const kept = cloud.hosts.leftovers();
    const stranger = '5151dead-0000-4000-8000-000000000000';
    const spec = hypervisor.guests.get(id)?.spec;
    const disk = storage.rootDisks.get(id);
    const [wire] = network.ports.values();
    assert.ok(spec && disk && wire);
    hypervisor.startGuest({ ...spec, id: stranger });
    storage.rootDisks.set(stranger, { ...disk, diskId: stranger });
    storage.configDrives.set(stranger, {});
    network.ports.set(stranger, { ...wire, id: stranger });
    await cloud.restart();
    assert.deepEqual(cloud.hosts.leftovers(), kept);
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  });

  test('a server whose wires the host lost is wired again when it starts', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const { hypervisor, network } = cloud.hosts;
    hypervisor.guests.clear();
    network.ports.clear();
    network.networks.clear();
    network.routers.clear();
    await cloud.restart();
    assert.equal(await statusOf(cloud.demo, id), 'SHUTOFF');
    await act(cloud, id, { 'os-start': null });
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    assert.equal(network.ports.size, 1);
  });
});

describe('a server whose image was deleted', () => {
  test('starts, stops and reboots as before, also after a restart', async () => {
    await using cloud = await startTestCloud();
    const imageRef = await makeImage(cloud.demo);
    const id = await makeServer(cloud, { imageRef });
    assert.equal((await cloud.demo.delete(`/image/v2/images/${imageRef}`)).status, 204);
    const { body } = await cloud.demo.get(`/v2.1/servers/${id}`);
    assert.equal(body.server.image.id, imageRef);
    for (const _ of ['before', 'after']) {
      await act(cloud, id, { 'os-stop': null });
      assert.equal(await statusOf(cloud.demo, id), 'SHUTOFF');
      await act(cloud, id, { 'os-start': null });
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
      await act(cloud, id, { reboot: { type: 'HARD' } });
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
      await cloud.restart();
    }
  });
});
