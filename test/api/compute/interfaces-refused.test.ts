import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer, networkId } from '#test/servers.ts';

const attachment = (wanted: object) => ({ interfaceAttachment: wanted });

test('what cannot be attached is refused with the reason, and nothing is made', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  const net = await networkId(demo);
  const [own] = (await demo.get(path)).body.interfaceAttachments;
  const taken = own.fixed_ips[0].ip_address;
  const foreign = await admin.post('/network/v2.0/ports', { port: { network_id: net } });
  const statusOf = async (body: unknown) => (await demo.post(path, body)).status;
  assert.equal(await statusOf({}), 400);
  assert.equal(await statusOf(attachment({ net_id: net, port_id: own.port_id })), 400);
  assert.equal(await statusOf(attachment({ fixed_ips: [{ ip_address: '10.42.0.77' }] })), 400);
  assert.equal(await statusOf(attachment({ net_id: net, fixed_ips: [] })), 400);
  assert.equal(await statusOf(attachment({ net_id: net, unknown: 1 })), 400);
  assert.equal(await statusOf(attachment({ net_id: 'no-uuid' })), 400);
  assert.equal(await statusOf(attachment({ net_id: randomUUID() })), 404);
  assert.equal(await statusOf(attachment({ port_id: randomUUID() })), 404);
  assert.equal(await statusOf(attachment({ port_id: foreign.body.port.id })), 404);
  assert.equal(await statusOf(attachment({ port_id: own.port_id })), 409);
  const twice = { net_id: net, fixed_ips: [{ ip_address: taken }] };
  assert.equal(await statusOf(attachment(twice)), 409);
  const outside = { net_id: net, fixed_ips: [{ ip_address: '192.0.2.1' }] };
  assert.equal(await statusOf(attachment(outside)), 400);
  const publicNet = await networkId(demo, 'public');
  assert.equal(await statusOf(attachment({ net_id: publicNet })), 403);
  const several = [{ ip_address: '10.42.0.91' }, { ip_address: '10.42.0.92' }];
  assert.equal(await statusOf(attachment({ net_id: net, fixed_ips: several })), 400);
  assert.equal((await demo.get(path)).body.interfaceAttachments.length, 1);
});

test('on /v2 only the first address counts, and the first card goes last', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2/${demo.projectId}/servers/${id}/os-interface`;
  const net = await networkId(demo);
  const fixed = [{ ip_address: '10.42.0.91' }, { ip_address: '10.42.0.92' }];
  const made = await demo.post(path, attachment({ net_id: net, fixed_ips: fixed }));
  assert.equal(made.status, 200);
  const addresses = made.body.interfaceAttachment.fixed_ips;
  assert.deepEqual(
    addresses.map((one: { ip_address: string }) => one.ip_address),
    ['10.42.0.91'],
  );
  const [first, second] = (await demo.get(path)).body.interfaceAttachments;
  assert.equal((await demo.delete(`${path}/${first.port_id}`)).status, 409);
  assert.equal((await demo.delete(`${path}/${second.port_id}`)).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal((await demo.delete(`${path}/${first.port_id}`)).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual((await demo.get(path)).body.interfaceAttachments, []);
});

test('without a network the only one is taken; of several, one must be named', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  assert.equal((await demo.post(path, attachment({}))).status, 200);
  const { body } = await demo.post('/network/v2.0/networks', { network: { name: 'more' } });
  const subnet = { network_id: body.network.id, cidr: '10.77.0.0/24', ip_version: 4 };
  await demo.post('/network/v2.0/subnets', { subnet });
  assert.equal((await demo.post(path, attachment({}))).status, 400);
});

test('a network without a free address is 400 for cards and addresses, 404 as a pool', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const id = await makeServer(cloud);
  const made = await admin.post('/network/v2.0/networks', {
    network: { name: 'tight', 'router:external': true, shared: true },
  });
  const network_id = made.body.network.id;
  const subnet = { network_id, cidr: '10.9.0.0/29', ip_version: 4, enable_dhcp: false };
  const allocation_pools = [{ start: '10.9.0.5', end: '10.9.0.5' }];
  await admin.post('/network/v2.0/subnets', { subnet: { ...subnet, allocation_pools } });
  const port = { network_id, tenant_id: demo.projectId };
  const own = await admin.post('/network/v2.0/ports', { port });
  const attach = (client: Client, wanted: object) =>
    client.post(`/v2.1/servers/${id}/os-interface`, attachment(wanted));
  assert.equal((await attach(demo, { port_id: own.body.port.id })).status, 200);
  const refused = await attach(admin, { net_id: network_id });
  assert.equal(refused.status, 400);
  assert.match(refused.body.badRequest.message, /^No fixed IP addresses available for network/);
  const action = { addFixedIp: { networkId: network_id } };
  assert.equal((await demo.post(`/v2.1/servers/${id}/action`, action)).status, 400);
  assert.equal((await demo.post('/v2.1/os-floating-ips', { pool: 'tight' })).status, 404);
  const direct = await admin.post('/network/v2.0/ports', { port: { network_id } });
  assert.equal(direct.status, 409, 'as Neutron has it');
});

test('cards are nobody else’s business, and readers only look', async () => {
  await using cloud = await startTestCloud();
  const { demo, nobody } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/os-interface`;
  const [own] = (await demo.get(path)).body.interfaceAttachments;
  const wanted = attachment({ net_id: await networkId(demo) });
  const stranger = await cloud.userOf('others', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await stranger.get(path)).status, 404);
  assert.equal((await stranger.post(path, wanted)).status, 404);
  assert.equal((await stranger.delete(`${path}/${own.port_id}`)).status, 404);
  assert.equal((await reader.get(`${path}/${own.port_id}`)).status, 200);
  assert.equal((await reader.post(path, wanted)).status, 403);
  assert.equal((await reader.delete(`${path}/${own.port_id}`)).status, 403);
  assert.equal((await nobody.get(path)).status, 401);
  assert.equal((await demo.get(`${path}/${randomUUID()}`)).status, 404);
  assert.equal((await demo.delete(`${path}/${randomUUID()}`)).status, 404);
  await demo.post(`/v2.1/servers/${id}/action`, { lock: null });
  assert.equal((await demo.post(path, wanted)).status, 409, 'locked');
});
