import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { makeServer, networkId } from '#test/servers.ts';

async function act(client: Client, id: string, body: object): Promise<number> {
  return (await client.post(`/v2.1/servers/${id}/action`, body)).status;
}

/** The only port of the host's only server, as its driver was told last. */
function plugged(cloud: TestCloud) {
  const [port] = cloud.hosts.network.ports.values();
  assert.ok(port);
  return port;
}

const addressesOf = (cloud: TestCloud) => plugged(cloud).fixedIps.map((ip) => ip.address);

function translations(cloud: TestCloud) {
  return [...cloud.hosts.network.routers.values()].flatMap((router) => router.floatingIps ?? []);
}

function onHost(what: string, isSo: () => boolean) {
  return eventually(`${what} on the host`, isSo);
}

test('the wires of a running guest hear of addresses and groups', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  await cloud.cloud.services.networks.converged();
  const starts = () => cloud.hosts.hypervisor.guests.get(id);
  const guest = starts();
  assert.ok(guest);

  const first = addressesOf(cloud);
  assert.equal(await act(demo, id, { addFixedIp: { networkId: await networkId(demo) } }), 202);
  await onHost('two addresses', () => addressesOf(cloud).length === 2);
  const [, second = ''] = addressesOf(cloud);
  assert.deepEqual(addressesOf(cloud), [first[0], second]);

  const pool = await demo.post('/v2.1/os-floating-ips', {});
  const { ip } = pool.body.floating_ip;
  const lend = { addFloatingIp: { address: ip, fixed_address: second } };
  assert.equal(await act(demo, id, lend), 202);
  const expected = JSON.stringify([{ address: ip, fixedAddress: second }]);
  await onHost('the floating IP', () => JSON.stringify(translations(cloud)) === expected);
  assert.equal(await act(demo, id, { removeFloatingIp: { address: ip } }), 202);
  await onHost('no floating IP', () => translations(cloud).length === 0);

  assert.equal(await act(demo, id, lend), 202);
  await onHost('it again', () => translations(cloud).length === 1);
  assert.equal(await act(demo, id, { removeFixedIp: { address: second } }), 202);
  await onHost('one address', () => addressesOf(cloud).length === 1);
  await onHost('what was lent to the other', () => translations(cloud).length === 0);

  const group = { name: 'web', description: '' };
  const made = await demo.post('/v2.1/os-security-groups', { security_group: group });
  const rule = { parent_group_id: made.body.security_group.id, ip_protocol: 'tcp', cidr: null };
  const ports = { from_port: 80, to_port: 80 };
  await demo.post('/v2.1/os-security-group-rules', { security_group_rule: { ...rule, ...ports } });
  const isOpen = () => plugged(cloud).rules.some((one) => one.portMin === 80);
  assert.equal(await act(demo, id, { addSecurityGroup: { name: 'web' } }), 202);
  await onHost('the rule', isOpen);
  assert.equal(await act(demo, id, { removeSecurityGroup: { name: 'web' } }), 202);
  await onHost('the end of the rule', () => !isOpen());
  assert.equal(starts(), guest, 'it ran on');
});

test('the wires of a locked server are changed by administrators only', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const id = await makeServer(cloud);
  const { ip } = (await demo.post('/v2.1/os-floating-ips', {})).body.floating_ip;
  const network = await networkId(demo);
  await act(demo, id, { addFloatingIp: { address: ip } });
  const [address = ''] = addressesOf(cloud);
  const bodies = [
    { addFixedIp: { networkId: network } },
    { removeFixedIp: { address } },
    { addFloatingIp: { address: ip } },
    { removeFloatingIp: { address: ip } },
    { addSecurityGroup: { name: 'default' } },
    { removeSecurityGroup: { name: 'default' } },
  ];
  await act(demo, id, { lock: null });
  for (const body of bodies) {
    assert.equal(await act(demo, id, body), 409, JSON.stringify(body));
  }
  const shown = (await demo.get(`/v2.1/servers/${id}`)).body.server;
  assert.deepEqual(
    shown.addresses.private.map((one: { addr: string }) => one.addr),
    [address, ip],
  );
  assert.deepEqual(shown.security_groups, [{ name: 'default' }]);
  assert.equal(await act(admin, id, { addFixedIp: { networkId: network } }), 202);
  assert.equal(await act(admin, id, { removeSecurityGroup: { name: 'default' } }), 202);
});

test('a server that is gone is not found, whatever its wires are asked for', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  await demo.delete(`/v2.1/servers/${id}`);
  await cloud.cloud.services.operations.whenIdle();
  const network = await networkId(demo);
  assert.equal(await act(demo, id, { addFixedIp: { networkId: network } }), 404);
  assert.equal(await act(demo, id, { addSecurityGroup: { name: 'default' } }), 404);
});
