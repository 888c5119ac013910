import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, networkId, serverBody } from '#test/servers.ts';
import { askAs, placeOf } from '../../metadata/guest.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();
const attachment = (wanted: object) => ({ interfaceAttachment: wanted });

/** A network of the demo project with one subnet. */
async function makeNetwork(client: Client, cidr = '10.77.0.0/24'): Promise<string> {
  const { body } = await client.post('/network/v2.0/networks', { network: { name: 'more' } });
  const subnet = { network_id: body.network.id, cidr, ip_version: 4 };
  const made = await client.post('/network/v2.0/subnets', { subnet });
  assert.equal(made.status, 201);
  return body.network.id;
}

async function makePort(client: Client, network: string): Promise<string> {
  const made = await client.post('/network/v2.0/ports', { port: { network_id: network } });
  assert.equal(made.status, 201);
  return made.body.port.id;
}

/** Ports of the cards that the simulated guest has, in their order. */
const cardsOf = (cloud: TestCloud, id: string) =>
  cloud.hosts.hypervisor.guests.get(id)?.spec?.nics.map((nic) => nic.portId);

test('a card by network goes into the running guest, and its port goes with it', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  const network = await makeNetwork(demo);
  const wanted = { net_id: network, fixed_ips: [{ ip_address: '10.77.0.9' }] };
  const attached = await demo.post(path, attachment(wanted));
  assert.equal(attached.status, 200);
  const { interfaceAttachment: card } = attached.body;
  assert.equal(card.net_id, network);
  assert.equal(card.port_state, 'DOWN');
  assert.match(card.mac_addr, /^fa:16:3e(:[0-9a-f]{2}){3}$/);
  assert.equal(card.fixed_ips[0].ip_address, '10.77.0.9');
  await idle(cloud);
  const shown = await demo.get(`${path}/${card.port_id}`);
  assert.deepEqual(shown.body.interfaceAttachment, { ...card, port_state: 'ACTIVE' });
  assert.equal(cardsOf(cloud, id)?.at(-1), card.port_id);
  assert.ok(cloud.hosts.network.ports.has(card.port_id));
  const server = await demo.get(`/v2.1/servers/${id}`);
  assert.equal(server.body.server.addresses.more[0].addr, '10.77.0.9');

  const detached = await demo.delete(`${path}/${card.port_id}`);
  assert.equal(detached.status, 202);
  assert.equal(detached.body, '');
  await idle(cloud);
  assert.equal((await demo.get(path)).body.interfaceAttachments.length, 1);
  assert.equal(cardsOf(cloud, id)?.length, 1);
  assert.equal(cloud.hosts.network.ports.has(card.port_id), false);
  assert.equal((await demo.get(`/network/v2.0/ports/${card.port_id}`)).status, 404);
  const actions = await demo.get(`/v2.1/servers/${id}/os-instance-actions`);
  const names = actions.body.instanceActions.map((one: { action: string }) => one.action);
  assert.deepEqual(names, ['detach_interface', 'attach_interface', 'create']);
});

test("a user's own port outlives its detachment and its server", async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  const portId = await makePort(demo, await networkId(demo));
  const deviceOf = async () =>
    (await demo.get(`/network/v2.0/ports/${portId}`)).body.port.device_id;
  assert.equal((await demo.post(path, attachment({ port_id: portId }))).status, 200);
  await idle(cloud);
  assert.equal(await deviceOf(), id);
  assert.equal((await demo.delete(`${path}/${portId}`)).status, 202);
  await idle(cloud);
  assert.equal(await deviceOf(), '');
  assert.equal((await demo.post(path, attachment({ port_id: portId }))).status, 200);
  await demo.delete(`/v2.1/servers/${id}`);
  await idle(cloud);
  assert.equal(await deviceOf(), '');
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
});

test('a stopped server gets its card with its next start, and loses it as well', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  const act = async (action: string) => {
    await demo.post(`/v2.1/servers/${id}/action`, { [action]: null });
    await idle(cloud);
  };
  await act('os-stop');
  const { body } = await demo.post(path, attachment({ net_id: await makeNetwork(demo) }));
  const { port_id: portId } = body.interfaceAttachment;
  await idle(cloud);
  const state = async () =>
    (await demo.get(`${path}/${portId}`)).body.interfaceAttachment?.port_state;
  assert.equal(await state(), 'DOWN');
  await act('os-start');
  assert.equal(await state(), 'ACTIVE');
  assert.deepEqual(cardsOf(cloud, id)?.at(-1), portId);
  await act('os-stop');
  assert.equal((await demo.delete(`${path}/${portId}`)).status, 202);
  await act('os-start');
  assert.equal(cardsOf(cloud, id)?.length, 1);
});

test('a card that cannot be plugged leaves neither port nor wire', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  cloud.hosts.hypervisor.failNext('attachNic');
  const { status, body } = await demo.post(path, attachment({ net_id: await networkId(demo) }));
  assert.equal(status, 200);
  await idle(cloud);
  assert.equal((await demo.get(path)).body.interfaceAttachments.length, 1);
  assert.equal(cloud.hosts.network.ports.has(body.interfaceAttachment.port_id), false);
  const server = await demo.get(`/v2.1/servers/${id}`);
  assert.equal(server.body.server.status, 'ACTIVE');
  const actions = await demo.get(`/v2.1/servers/${id}/os-instance-actions`);
  assert.equal(actions.body.instanceActions[0].message, 'Error');
});

test('a guest that does not let go keeps its card and its port', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  const [card] = (await demo.get(path)).body.interfaceAttachments;
  cloud.hosts.hypervisor.failNext('detachNic');
  assert.equal((await demo.delete(`${path}/${card.port_id}`)).status, 202);
  await idle(cloud);
  assert.deepEqual((await demo.get(path)).body.interfaceAttachments, [card]);
  assert.deepEqual(cardsOf(cloud, id), [card.port_id]);
  assert.ok(cloud.hosts.network.ports.has(card.port_id));
});

test('a card has a tag since 2.49, which is shown since 2.70', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  const wanted = attachment({ net_id: await networkId(demo), tag: 'public' });
  assert.equal((await demo.post(path, wanted, at('2.48'))).status, 400);
  const made = await demo.post(path, wanted, at('2.49'));
  assert.equal(made.status, 200);
  assert.equal('tag' in made.body.interfaceAttachment, false);
  const listed = await demo.get(path, at('2.70'));
  const tags = listed.body.interfaceAttachments.map((one: { tag: string | null }) => one.tag);
  assert.deepEqual(tags, [null, 'public']);
  const bad = attachment({ net_id: await networkId(demo), tag: 'a,b' });
  assert.equal((await demo.post(path, bad, at('2.70'))).status, 400);
});

test('a guest reads the tags of its cards, and of a card as long as it has it', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const network = await networkId(demo);
  const networks = [{ uuid: network, tag: 'front' }];
  const wanted = await serverBody(demo, { networks });
  const made = await demo.post('/v2.1/servers', wanted, at('2.42'));
  assert.equal(made.status, 202);
  await idle(cloud);
  const { id } = made.body.server;
  const path = `/v2.1/servers/${id}/os-interface`;
  const second = await demo.post(path, attachment({ net_id: network, tag: 'back' }), at('2.49'));
  await idle(cloud);
  const [first] = (await demo.get(path)).body.interfaceAttachments;
  const devices = async () => {
    const { address } = await placeOf(cloud, id);
    const { text } = await askAs(cloud, network, address, '/openstack/latest/meta_data.json');
    return JSON.parse(text).devices;
  };
  const card = (mac: string, tag: string) => ({ type: 'nic', bus: 'none', mac, tags: [tag] });
  const { interfaceAttachment: added } = second.body;
  assert.deepEqual(await devices(), [card(first.mac_addr, 'front'), card(added.mac_addr, 'back')]);
  await demo.delete(`${path}/${added.port_id}`);
  await idle(cloud);
  assert.deepEqual(await devices(), [card(first.mac_addr, 'front')]);
});
