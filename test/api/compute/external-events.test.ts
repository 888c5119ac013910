import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { makeServer, statusOf } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const unknown = '00000000-0000-4000-8000-000000000000';

function tell(cloud: TestCloud, events: object[], version = '2.93') {
  return cloud.admin.post('/v2.1/os-server-external-events', { events }, at(version));
}

test('each event gets a code of its own, 207 when they differ', async () => {
  await using cloud = await startTestCloud();
  const server_uuid = await makeServer(cloud);
  const good = { server_uuid, name: 'network-changed', tag: 'foo', status: 'failed' };
  const one = await tell(cloud, [good], '2.1');
  assert.equal(one.status, 200);
  assert.deepEqual(one.body.events, [{ ...good, status: 'completed', code: 200 }]);
  const missing = { server_uuid: unknown, name: 'network-vif-plugged' };
  const tagless = { server_uuid, name: 'volume-extended' };
  const some = await tell(cloud, [good, missing, tagless]);
  assert.equal(some.status, 207);
  assert.deepEqual(some.body.events, [
    { ...good, status: 'completed', code: 200 },
    { ...missing, status: 'failed', code: 404 },
    { ...tagless, status: 'failed', code: 400 },
  ]);
  assert.equal((await tell(cloud, [missing])).status, 404);
});

test('a server that is on no host cannot be told', async () => {
  await using cloud = await startTestCloud({ hosts: [{ name: 'one', vcpus: 1, memoryMib: 1 }] });
  const placed = { name: 'network-changed', server_uuid: await makeServer(cloud) };
  assert.equal(await statusOf(cloud.demo, placed.server_uuid), 'ERROR');
  assert.equal((await tell(cloud, [placed])).status, 404);
});

test('names came with versions', async () => {
  await using cloud = await startTestCloud();
  const server_uuid = await makeServer(cloud);
  const since = {
    'network-vif-unplugged': '2.1',
    'volume-extended': '2.51',
    'power-update': '2.76',
    'accelerator-request-bound': '2.82',
    'volume-reimaged': '2.93',
  };
  for (const [name, version] of Object.entries(since)) {
    const event = { server_uuid, name, tag: 'tag' };
    assert.equal((await tell(cloud, [event], version)).status, 200, name);
    const before = `2.${Number(version.slice(2)) - 1}`;
    if (before !== '2.0') assert.equal((await tell(cloud, [event], before)).status, 400, name);
  }
});

test('a port that is told to be deleted leaves its server', async () => {
  await using cloud = await startTestCloud();
  const server_uuid = await makeServer(cloud);
  const path = `/v2.1/servers/${server_uuid}/os-interface`;
  const { body } = await cloud.demo.get(path);
  const tag = body.interfaceAttachments[0].port_id;
  const event = { server_uuid, name: 'network-vif-deleted', tag };
  assert.equal((await tell(cloud, [event, event])).status, 200);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual((await cloud.demo.get(path)).body.interfaceAttachments, []);
  assert.equal(cloud.hosts.hypervisor.guests.get(server_uuid)?.spec?.nics.length, 0);
  const strange = { ...event, tag: unknown };
  assert.equal((await tell(cloud, [strange])).status, 200);
});

test('a server whose power is told to have changed is looked at again', async () => {
  await using cloud = await startTestCloud();
  const server_uuid = await makeServer(cloud);
  const guest = cloud.hosts.hypervisor.guests.get(server_uuid);
  assert.ok(guest);
  // It went off without anybody hearing of it.
  guest.power = 'off';
  const event = { server_uuid, name: 'power-update', tag: 'POWER_OFF' };
  assert.equal((await tell(cloud, [event])).status, 200);
  await eventually('stopped', async () => (await statusOf(cloud.demo, server_uuid)) === 'SHUTOFF');
});

test('events that are none are refused, and all events of those who run nothing', async () => {
  await using cloud = await startTestCloud();
  const server_uuid = await makeServer(cloud);
  const event = { server_uuid, name: 'network-changed' };
  for (const events of [
    [],
    [{ ...event, name: 'test-event' }],
    [{ ...event, status: 'done' }],
    [{ ...event, tag: 'x'.repeat(256) }],
    [{ ...event, server_uuid: 'one' }],
    [{ ...event, colour: 'blue' }],
    [{ name: 'network-changed' }],
  ]) {
    assert.equal((await tell(cloud, events)).status, 400, JSON.stringify(events));
  }
  const path = '/v2.1/os-server-external-events';
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await cloud.demo.post(path, { events: [event] })).status, 403);
  assert.equal((await reader.post(path, { events: [event] })).status, 403);
  assert.equal((await cloud.nobody.post(path, { events: [event] })).status, 401);
});
