import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer, networkId } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

test('addresses are told by network, in the order of the cards', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  // A name that means something to the language and nothing to us.
  const more = await demo.post('/network/v2.0/networks', { network: { name: '__proto__' } });
  const network = more.body.network.id;
  const subnet = { network_id: network, cidr: '10.99.0.0/24', ip_version: 4 };
  await demo.post('/network/v2.0/subnets', { subnet });
  const networks = [{ uuid: await networkId(demo) }, { uuid: network }];
  const id = await makeServer(cloud, { networks });
  const path = `/v2/${demo.projectId}/servers/${id}/ips`;
  const all = await demo.get(path);
  assert.equal(all.status, 200);
  assert.deepEqual(Object.keys(all.body.addresses), ['private', '__proto__']);
  const [first] = all.body.addresses.private;
  assert.deepEqual(Object.keys(first), ['version', 'addr']);
  assert.equal(first.version, 4);
  // The reference's 9.2 has one network's in the same place as all; Nova has it at the top.
  const one = await demo.get(`${path}/private`);
  assert.deepEqual(one.body, { addresses: { private: [first] } });
  const newer = `/v2.1/servers/${id}/ips`;
  assert.deepEqual((await demo.get(`${newer}/private`)).body, { private: [first] });
  const odd = await demo.get(`${newer}/__proto__`);
  assert.match(
    JSON.stringify(odd.body),
    /^\{"__proto__":\[\{"version":4,"addr":"10\.99\.0\.\d+"\}/,
  );
});

test('networks that a server is not on, and servers of others, are not found', async () => {
  await using cloud = await startTestCloud();
  const { demo, nobody } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/ips`;
  const stranger = await cloud.userOf('others', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await demo.get(`${path}/public`)).status, 404);
  assert.equal((await demo.get(`${path}/constructor`)).status, 404);
  assert.equal((await demo.get(`/v2.1/servers/${randomUUID()}/ips`)).status, 404);
  assert.equal((await stranger.get(path)).status, 404);
  assert.equal((await reader.get(path)).status, 200);
  assert.equal((await nobody.get(path)).status, 401);
  assert.equal((await demo.get(`${path}?odd=1`, at('2.101'))).status, 200);
  assert.equal((await demo.get(`${path}?odd=1`, at('2.102'))).status, 400);
});
