import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

const path = '/v2.1/os-availability-zone';

test('the zones of the hosts are listed without naming the hosts', async () => {
  await using cloud = await startTestCloud();
  const expected = {
    availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }],
  };
  for (const surface of ['/v2', '/v2.1', `/v2.1/${cloud.demo.projectId}`]) {
    const list = await cloud.demo.get(`${surface}/os-availability-zone`);
    assert.equal(list.status, 200);
    assert.deepEqual(list.body, expected);
  }
});

test('administrators see the hosts and services of a zone, others do not', async () => {
  await using cloud = await startTestCloud({ hosts: [{ name: 'h1' }, { name: 'h2' }] });
  const detail = await cloud.admin.get(`${path}/detail`);
  assert.equal(detail.status, 200);
  const [zone, internal, ...others] = detail.body.availabilityZoneInfo;
  assert.equal(zone.zoneName, 'nova');
  assert.deepEqual(zone.zoneState, { available: true });
  assert.deepEqual(Object.keys(zone.hosts), ['h1', 'h2']);
  const { updated_at: updated, ...state } = zone.hosts.h1['nova-compute'];
  assert.deepEqual(state, { active: true, available: true });
  assert.match(updated, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  assert.equal(internal.zoneName, 'internal');
  const inner = Object.values(internal.hosts).flatMap((services) =>
    Object.keys(services as object),
  );
  assert.deepEqual(inner.sort(), ['nova-conductor', 'nova-scheduler']);
  assert.deepEqual(others, []);
  assert.equal((await cloud.demo.get(`${path}/detail`)).status, 403);
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await reader.get(`${path}/detail`)).status, 403);
  assert.equal((await reader.get(path)).status, 200);
  assert.equal((await cloud.nobody.get(path)).status, 401);
});

test('a zone whose hosts are all out of use is not available', async () => {
  const hosts = [
    { name: 'h1', zone: 'a' },
    { name: 'h2', zone: 'b' },
    { name: 'h3', zone: 'b' },
  ];
  await using cloud = await startTestCloud({ hosts });
  const { queries } = cloud.cloud.services.database;
  const putOut = (name: string) =>
    queries.updateTable('hosts').set({ enabled: 0 }).where('name', '=', name).execute();
  await putOut('h1');
  await putOut('h2');
  const list = await cloud.demo.get(path);
  assert.deepEqual(list.body.availabilityZoneInfo, [
    { zoneName: 'b', zoneState: { available: true }, hosts: null },
    { zoneName: 'a', zoneState: { available: false }, hosts: null },
  ]);
  const detail = await cloud.admin.get(`${path}/detail`);
  const [b, a] = detail.body.availabilityZoneInfo;
  assert.deepEqual(Object.keys(b.hosts), ['h3']);
  assert.equal(a.hosts, null);
});
