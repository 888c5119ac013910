import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer, networkId } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

test('networks show no more than their names until 2.35', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin, nobody } = cloud;
  const id = await networkId(demo);
  const list = await demo.get('/v2.1/os-networks', at('2.35'));
  const [only] = list.body.networks;
  assert.equal(list.body.networks.length, 1);
  assert.deepEqual([only.id, only.label, only.cidr], [id, 'private', null]);
  assert.equal('vlan' in only, false);
  const asAdmin = await admin.get(`/v2.1/os-networks/${id}`);
  assert.equal(asAdmin.body.network.vlan, null);
  assert.equal(Object.keys(asAdmin.body.network).length, 32);
  const tenant = await demo.get(`/v2/${demo.projectId}/os-tenant-networks/${id}`);
  assert.deepEqual(tenant.body.network, { id, label: 'private', cidr: 'None' });
  assert.equal((await demo.get(`/v2.1/os-networks/${randomUUID()}`)).status, 404);
  const island = await demo.post('/network/v2.0/networks', { network: { name: 'island' } });
  const stranger = await cloud.userOf('others', 'member');
  const own = `/v2.1/os-networks/${island.body.network.id}`;
  assert.equal((await demo.get(own)).status, 200);
  assert.equal((await stranger.get(own)).status, 404);
  for (const path of ['/v2.1/os-networks', `/v2.1/os-tenant-networks/${id}`]) {
    assert.equal((await demo.get(path, at('2.36'))).status, 404);
    assert.equal((await nobody.get(path)).status, 401);
  }
});

test('what Nova removed with its own networks is gone in every version', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const rows: [string, string, object?][] = [
    ['GET', '/os-fixed-ips/10.0.0.1'],
    ['POST', '/os-fixed-ips/10.0.0.1/action', { reserve: null }],
    ['GET', '/os-floating-ip-dns'],
    ['PUT', '/os-floating-ip-dns/example.org', {}],
    ['GET', '/os-floating-ip-dns/example.org/entries/one'],
    ['GET', '/os-floating-ips-bulk'],
    ['PUT', '/os-floating-ips-bulk/delete', { ip_range: '192.0.2.0/24' }],
    ['GET', '/os-fping'],
    ['POST', '/os-networks', { network: { label: 'x', cidr: '192.0.2.0/24' } }],
    ['POST', '/os-networks/add', { id: '1' }],
    ['DELETE', '/os-networks/1'],
    ['POST', '/os-networks/1/action', { disassociate_host: null }],
    ['POST', '/os-tenant-networks', { network: { label: 'x' } }],
    ['DELETE', '/os-tenant-networks/1'],
    ['GET', '/os-security-group-default-rules'],
    ['GET', `/servers/${randomUUID()}/os-virtual-interfaces`],
  ];
  for (const [method, path, body] of rows) {
    for (const version of ['2.1', '2.36', '2.104']) {
      const { status } = await demo.request(method, `/v2.1${path}`, body, at(version));
      assert.equal(status, 410, `${method} ${path} at ${version}`);
    }
  }
});

test('an address is added to a server, and taken from it, until 2.43', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const network = await networkId(demo);
  const act = async (body: object, version = '2.43') =>
    (await demo.post(`/v2.1/servers/${id}/action`, body, at(version))).status;
  const addresses = async (): Promise<string[]> => {
    const { body } = await demo.get(`/v2.1/servers/${id}/ips`);
    return body.addresses.private.map((one: { addr: string }) => one.addr);
  };
  const [first = ''] = await addresses();
  assert.equal(await act({ addFixedIp: { networkId: network } }), 202);
  const both = await addresses();
  assert.equal(both.length, 2);
  assert.equal(both[0], first);
  assert.equal(await act({ removeFixedIp: { address: both[1] } }), 202);
  assert.deepEqual(await addresses(), [first]);
  assert.equal(await act({ removeFixedIp: { address: '192.0.2.1' } }), 400);
  assert.equal(await act({ addFixedIp: { networkId: randomUUID() } }), 400);
  assert.equal(await act({ addFixedIp: {} }), 400);
  assert.equal(await act({ removeFixedIp: { address: 'nonsense' } }), 400);
  assert.equal(await act({ addFixedIp: { networkId: network } }, '2.44'), 404);
  const reader = await cloud.userOf('demo', 'reader');
  const refused = await reader.post(`/v2.1/servers/${id}/action`, {
    addFixedIp: { networkId: network },
  });
  assert.equal(refused.status, 403);
});
