import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

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

test('administrators see the hosts of a zone, others do not', async () => {
  await using cloud = await startTestCloud();
  const path = '/v2.1/os-availability-zone/detail';
  const detail = await cloud.admin.get(path);
  const [zone] = detail.body.availabilityZoneInfo;
  assert.equal(zone.zoneName, 'nova');
  const [services] = Object.values(zone.hosts) as Record<string, { active: boolean }>[];
  assert.equal(services?.['nova-compute']?.active, true);
  assert.equal((await cloud.demo.get(path)).status, 403);
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await reader.get(path)).status, 403);
  assert.equal((await reader.get('/v2.1/os-availability-zone')).status, 200);
  assert.equal((await cloud.nobody.get('/v2.1/os-availability-zone')).status, 401);
});
