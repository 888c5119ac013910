import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, networkId } from '#test/servers.ts';

const path = '/network/v2.0/floatingips';

async function take(client: Client, more: object = {}) {
  const network = await networkId(client, 'public');
  return client.post(path, { floatingip: { floating_network_id: network, ...more } });
}

async function portOf(client: Client, serverId: string) {
  const { body } = await client.get(`/network/v2.0/ports?device_id=${serverId}`);
  const [port] = body.ports;
  return { id: port.id as string, address: port.fixed_ips[0].ip_address as string };
}

/** What the host's routers translate, as `floating → fixed`. */
function translations(cloud: TestCloud): string[] {
  const routers = [...cloud.hosts.network.routers.values()];
  const all = routers.flatMap((router) => router.floatingIps ?? []);
  return all.map(({ address, fixedAddress }) => `${address} → ${fixedAddress}`);
}

const converged = (cloud: TestCloud) => cloud.cloud.services.networks.converged();

test('a floating IP leads to the port that it is lent to, until it is taken back', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const port = await portOf(demo, id);
  const made = await take(demo, { description: 'mine' });
  assert.equal(made.status, 201);
  const { floatingip: one } = made.body;
  assert.equal(one.status, 'DOWN');
  assert.equal(one.port_id, null);
  assert.equal(one.description, 'mine');
  assert.equal(one.project_id, demo.projectId);

  const lent = await demo.put(`${path}/${one.id}`, { floatingip: { port_id: port.id } });
  assert.equal(lent.status, 200);
  assert.equal(lent.body.floatingip.fixed_ip_address, port.address);
  assert.equal(typeof lent.body.floatingip.router_id, 'string');
  await converged(cloud);
  assert.deepEqual(translations(cloud), [`${one.floating_ip_address} → ${port.address}`]);
  const shown = await demo.get(`${path}/${one.id}`);
  assert.equal(shown.body.floatingip.status, 'ACTIVE');
  const server = await demo.get(`/v2.1/servers/${id}`);
  const [fixed, floating] = server.body.server.addresses.private;
  assert.deepEqual(floating, {
    ...fixed,
    addr: one.floating_ip_address,
    'OS-EXT-IPS:type': 'floating',
  });
  const ips = await demo.get(`/v2.1/servers/${id}/ips/private`);
  assert.equal(ips.body.private.length, 2);
  const found = await demo.get(`${path}?port_id=${port.id}&fields=id`);
  assert.deepEqual(found.body, { floatingips: [{ id: one.id }] });

  const back = await demo.put(`${path}/${one.id}`, { floatingip: { port_id: null } });
  assert.equal(back.body.floatingip.port_id, null);
  await converged(cloud);
  assert.deepEqual(translations(cloud), []);
  assert.equal((await demo.delete(`${path}/${one.id}`)).status, 204);
  assert.equal((await demo.get(`${path}/${one.id}`)).status, 404);
});

test('the translation ends with its server, and the address stays the project’s', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const port = await portOf(demo, id);
  const { body } = await take(demo, { port_id: port.id, fixed_ip_address: port.address });
  await converged(cloud);
  assert.equal(translations(cloud).length, 1);
  await demo.delete(`/v2.1/servers/${id}`);
  await cloud.cloud.services.operations.whenIdle();
  await converged(cloud);
  assert.deepEqual(translations(cloud), []);
  const shown = (await demo.get(`${path}/${body.floatingip.id}`)).body.floatingip;
  assert.deepEqual(
    [shown.port_id, shown.fixed_ip_address, shown.router_id, shown.status],
    [null, null, null, 'DOWN'],
  );
});

test('what Neutron refuses is refused', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const id = await makeServer(cloud);
  const port = await portOf(demo, id);
  const inside = await networkId(demo);
  const ask = async (body: object) => (await demo.post(path, { floatingip: body })).status;
  assert.equal(await ask({}), 400);
  assert.equal(await ask({ floating_network_id: randomUUID() }), 404);
  assert.equal(await ask({ floating_network_id: inside }), 400);
  assert.equal((await take(demo, { fixed_ip_address: port.address })).status, 400);
  assert.equal((await take(demo, { port_id: randomUUID() })).status, 404);
  assert.equal((await take(demo, { port_id: port.id, fixed_ip_address: '10.42.9.9' })).status, 400);
  assert.equal((await take(demo, { floating_ip_address: '172.24.4.99' })).status, 403);
  assert.equal((await take(demo, { project_id: admin.projectId })).status, 403);

  const { body } = await take(demo, { port_id: port.id });
  const again = await take(demo, { port_id: port.id });
  assert.equal(again.status, 409);
  assert.equal(again.body.NeutronError.type, 'FloatingIPPortAlreadyAssociated');
  const address = body.floatingip.floating_ip_address;
  assert.equal((await take(admin, { floating_ip_address: address })).status, 409);
  const [own] = (await admin.get(`/network/v2.0/ports?device_id=${body.floatingip.id}`)).body.ports;
  assert.equal(own.device_owner, 'network:floatingip');
  assert.equal((await admin.delete(`/network/v2.0/ports/${own.id}`)).status, 409);

  const router = body.floatingip.router_id;
  const noGateway = { router: { external_gateway_info: null } };
  assert.equal((await admin.put(`/network/v2.0/routers/${router}`, noGateway)).status, 409);
  const [subnet] = (await admin.get(`/network/v2.0/subnets?network_id=${inside}`)).body.subnets;
  const leave = `/network/v2.0/routers/${router}/remove_router_interface`;
  assert.equal((await admin.put(leave, { subnet_id: subnet.id })).status, 409);
});

test('a port that no router joins to the outside gets none', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const { body } = await demo.post('/network/v2.0/networks', { network: { name: 'island' } });
  const subnet = { network_id: body.network.id, cidr: '10.88.0.0/24', ip_version: 4 };
  await demo.post('/network/v2.0/subnets', { subnet });
  const port = await demo.post('/network/v2.0/ports', { port: { network_id: body.network.id } });
  const refused = await take(demo, { port_id: port.body.port.id });
  assert.equal(refused.status, 404);
  assert.equal(refused.body.NeutronError.type, 'ExternalGatewayForFloatingIPNotFound');
  assert.deepEqual((await demo.get(path)).body.floatingips, []);
});

test('floating IPs are their project’s alone and counted, and readers only look', async () => {
  await using cloud = await startTestCloud();
  const { demo, nobody } = cloud;
  const { body } = await take(demo);
  const one = `${path}/${body.floatingip.id}`;
  const stranger = await cloud.userOf('others', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await stranger.get(one)).status, 404);
  assert.equal((await stranger.put(one, { floatingip: { port_id: null } })).status, 404);
  assert.equal((await stranger.delete(one)).status, 404);
  assert.deepEqual((await stranger.get(path)).body.floatingips, []);
  assert.equal((await reader.get(one)).status, 200);
  assert.equal((await reader.delete(one)).status, 403);
  assert.equal((await take(reader)).status, 403);
  assert.equal((await nobody.get(path)).status, 401);
  for (let count = 1; count < 50; count += 1) assert.equal((await take(demo)).status, 201);
  const over = await take(demo);
  assert.equal(over.status, 409);
  assert.equal(over.body.NeutronError.type, 'OverQuota');
});
