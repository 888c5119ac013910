import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { makeServer, networkId } from '#test/servers.ts';

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

const cardsOf = (cloud: TestCloud, id: string) =>
  cloud.hosts.hypervisor.guests.get(id)?.spec?.nics.map((nic) => nic.portId);

async function firstPort(cloud: TestCloud, id: string): Promise<string> {
  const { body } = await cloud.demo.get(`/v2.1/servers/${id}/os-interface`);
  return body.interfaceAttachments[0].port_id;
}

test('a port deleted in the network service takes its card out of the running guest', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const other = await makeServer(cloud);
  const port = await firstPort(cloud, id);
  assert.deepEqual(cardsOf(cloud, id), [port]);
  assert.equal((await demo.delete(`/network/v2.0/ports/${port}`)).status, 204);
  await idle(cloud);
  assert.deepEqual(cardsOf(cloud, id), []);
  assert.equal(cloud.hosts.network.ports.has(port), false);
  assert.equal(cardsOf(cloud, other)?.length, 1);
  const { body } = await demo.get(`/v2.1/servers/${id}`);
  assert.equal(body.server.status, 'ACTIVE');
  assert.deepEqual(body.server.addresses, {});
  const wanted = { port: { network_id: await networkId(demo) } };
  const free = await demo.post('/network/v2.0/ports', wanted);
  assert.equal((await demo.delete(`/network/v2.0/ports/${free.body.port.id}`)).status, 204);
});

test('the card leaves the guest also when we die between the deletion and the act', async () => {
  let isCut = true;
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const faults = {
    beforeStep: async (kind: string) => {
      if (kind !== 'detach-interface' || !isCut) return;
      resolve();
      await new Promise(() => undefined);
    },
  };
  await using cloud = await startTestCloud({ faults });
  const id = await makeServer(cloud);
  const port = await firstPort(cloud, id);
  assert.equal((await cloud.demo.delete(`/network/v2.0/ports/${port}`)).status, 204);
  await reached;
  assert.deepEqual(cardsOf(cloud, id), [port]);
  isCut = false;
  await cloud.restartAfterCrash();
  await eventually('no card', async () => cardsOf(cloud, id)?.length === 0);
  assert.equal((await cloud.demo.get(`/v2.1/servers/${id}`)).body.server.status, 'ACTIVE');
});
