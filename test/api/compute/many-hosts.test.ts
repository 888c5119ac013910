import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, serverBody, statusOf } from '#test/servers.ts';

const hosts = [
  { name: 'east-1', zone: 'east' },
  { name: 'east-2', zone: 'east' },
  { name: 'west-1', zone: 'west', vcpus: 2, memoryMib: 1024, diskGib: 20 },
];

async function hostOf(cloud: TestCloud, id: string): Promise<string> {
  const { body } = await cloud.admin.get(`/v2.1/servers/${id}`);
  return body.server['OS-EXT-SRV-ATTR:host'];
}

test('servers spread over the hosts of all zones, or go where they are told', async () => {
  await using cloud = await startTestCloud({ hosts });
  const zones = await cloud.demo.get('/v2.1/os-availability-zone');
  const names = zones.body.availabilityZoneInfo.map((zone: { zoneName: string }) => zone.zoneName);
  assert.deepEqual(names, ['east', 'west']);
  const west = await makeServer(cloud, { availability_zone: 'west' });
  assert.equal(await hostOf(cloud, west), 'west-1');
  const shown = await cloud.demo.get(`/v2.1/servers/${west}`);
  assert.equal(shown.body.server['OS-EXT-AZ:availability_zone'], 'west');
  assert.equal(shown.body.server.status, 'ACTIVE');
  const east = [await makeServer(cloud), await makeServer(cloud)];
  const chosen = await Promise.all(east.map((id) => hostOf(cloud, id)));
  assert.deepEqual(chosen.sort(), ['east-1', 'east-2']);
  const body = await serverBody(cloud.demo, { availability_zone: 'north' });
  assert.equal((await cloud.demo.post('/v2.1/servers', body)).status, 400);
});

test('a host takes no more than it has, and frees what a deleted server took', async () => {
  const small = { name: 'small', vcpus: 8, memoryMib: 512, diskGib: 20, memoryRatio: 1 };
  await using cloud = await startTestCloud({ hosts: [small] });
  // m1.nano takes 192 MiB, so that two of them fit.
  const ids = [await makeServer(cloud), await makeServer(cloud), await makeServer(cloud)];
  const statuses = await Promise.all(ids.map((id) => statusOf(cloud.demo, id)));
  assert.deepEqual(statuses, ['ACTIVE', 'ACTIVE', 'ERROR']);
  const [first = '', , refused = ''] = ids;
  const tenants = await cloud.demo.get(`/v2.1/servers/${refused}`);
  const sentence = 'No valid host was found. There are not enough hosts available.';
  assert.equal(tenants.body.server.fault.message, sentence);
  assert.equal(tenants.body.server.fault.details, undefined);
  const admins = await cloud.admin.get(`/v2.1/servers/${refused}`);
  assert.match(admins.body.server.fault.details, /RamFilter left 0/);
  await cloud.demo.delete(`/v2.1/servers/${first}`);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, await makeServer(cloud)), 'ACTIVE');
});

test('a host that is configured no more gets no servers, and keeps its own', async () => {
  await using cloud = await startTestCloud({ hosts });
  const kept = await makeServer(cloud, { availability_zone: 'west' });
  const pinned = await makeServer(cloud, { availability_zone: 'east' });
  await cloud.restart({ hosts: hosts.slice(0, 2) });
  assert.equal(await hostOf(cloud, kept), 'west-1');
  assert.equal(await statusOf(cloud.demo, pinned), 'ACTIVE');
  const lost = await makeServer(cloud, { availability_zone: 'west' });
  assert.equal(await statusOf(cloud.demo, lost), 'ERROR');
  await cloud.restart({ hosts });
  assert.equal(await statusOf(cloud.demo, await makeServer(cloud)), 'ACTIVE');
  await cloud.demo.delete(`/v2.1/servers/${kept}`);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, kept), 'gone');
});
