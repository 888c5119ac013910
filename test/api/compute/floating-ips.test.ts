import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const path = '/v2.1/os-floating-ips';

test('an old client takes an address from a pool, lends it and gives it back', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const pools = await demo.get('/v2.1/os-floating-ip-pools');
  assert.deepEqual(pools.body, { floating_ip_pools: [{ name: 'public' }] });
  const made = await demo.post(path, { pool: 'public' });
  assert.equal(made.status, 200);
  const { floating_ip: one } = made.body;
  const { id: floatingId, ip } = one;
  assert.deepEqual(one, { id: floatingId, ip, pool: 'public', fixed_ip: null, instance_id: null });

  const act = async (body: object, version = '2.43') =>
    (await demo.post(`/v2.1/servers/${id}/action`, body, at(version))).status;
  assert.equal(await act({ addFloatingIp: { address: ip } }), 202);
  const [lent] = (await demo.get(path)).body.floating_ips;
  assert.equal(lent.instance_id, id);
  const server = await demo.get(`/v2.1/servers/${id}`);
  const [fixed, floating] = server.body.server.addresses.private;
  assert.equal(lent.fixed_ip, fixed.addr);
  assert.deepEqual([floating.addr, floating['OS-EXT-IPS:type']], [ip, 'floating']);
  assert.equal(await act({ removeFloatingIp: { address: ip } }), 202);
  assert.equal(await act({ removeFloatingIp: { address: ip } }), 409);
  assert.equal(await act({ addFloatingIp: { address: ip, fixed_address: fixed.addr } }), 202);
  assert.equal(await act({ addFloatingIp: { address: ip, fixed_address: '192.0.2.1' } }), 400);
  assert.equal(await act({ addFloatingIp: { address: '192.0.2.1' } }), 404);
  assert.equal(await act({ addFloatingIp: { address: 'nonsense' } }), 400);
  assert.equal(await act({ addFloatingIp: { address: ip } }, '2.44'), 404);
  assert.equal((await demo.delete(`${path}/${floatingId}`)).status, 202);
  assert.equal((await demo.get(`${path}/${floatingId}`)).status, 404);
  assert.deepEqual((await demo.get(path)).body, { floating_ips: [] });
});

test('addresses of others, of no pool and of later versions are refused', async () => {
  await using cloud = await startTestCloud();
  const { demo, nobody } = cloud;
  const { body } = await demo.post(path, {});
  const one = `${path}/${body.floating_ip.id}`;
  const stranger = await cloud.userOf('others', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await stranger.get(one)).status, 404);
  assert.equal((await stranger.delete(one)).status, 404);
  assert.equal((await reader.get(one)).status, 200);
  assert.equal((await reader.delete(one)).status, 403);
  assert.equal((await reader.post(path, {})).status, 403);
  assert.equal((await nobody.get(path)).status, 401);
  assert.equal((await demo.get(`${path}/${randomUUID()}`)).status, 404);
  assert.equal((await demo.get(`${path}/no-uuid`)).status, 400);
  assert.equal((await demo.post(path, { pool: 'unknown' })).status, 404);
  assert.equal((await demo.post(path, { pool: 7 })).status, 400);
  for (const gone of [path, one, '/v2.1/os-floating-ip-pools']) {
    assert.equal((await demo.get(gone, at('2.35'))).status, 200);
    assert.equal((await demo.get(gone, at('2.36'))).status, 404);
  }
  for (let count = 1; count < 50; count += 1) await demo.post(path, {});
  assert.equal((await demo.post(path, {})).status, 403, 'over quota');
});
