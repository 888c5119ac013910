import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeImage, makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

describe('what is shown of a server', () => {
  let cloud: TestCloud;
  let id: string;
  before(async () => {
    cloud = await startTestCloud({ hosts: [{ name: 'h1' }] });
    const imageRef = await makeImage(cloud.demo, { architecture: 'x86_64' });
    id = await makeServer(cloud, { imageRef, availability_zone: 'nova', user_data: 'QUJD' });
  });
  after(() => cloud[Symbol.asyncDispose]());

  const show = async (version: string, client: Client = cloud.demo) =>
    (await client.get(`/v2.1/servers/${id}`, at(version))).body.server;
  const listed = async (version: string, client: Client = cloud.demo) => {
    const path = '/v2.1/servers/detail?all_tenants=';
    const { body } = await client.get(`${path}${client === cloud.admin ? 1 : 0}`, at(version));
    return body.servers[0];
  };
  /** Members of the second answer that the first lacks. */
  const added = (before: object, after: object) =>
    Object.keys(after).filter((name) => !(name in before));

  test('everyone sees the fields from the version that brought them', async () => {
    for (const [before, since, names] of [
      ['2.8', '2.9', ['locked']],
      ['2.18', '2.19', ['description']],
      ['2.25', '2.26', ['tags']],
      ['2.62', '2.63', ['trusted_image_certificates']],
      ['2.70', '2.71', ['server_groups']],
      ['2.72', '2.73', ['locked_reason']],
      ['2.89', '2.90', ['OS-EXT-SRV-ATTR:hostname']],
      ['2.95', '2.96', ['pinned_availability_zone']],
      ['2.99', '2.100', ['scheduler_hints']],
    ] as const) {
      assert.deepEqual(added(await show(before), await show(since)), names, since);
      const inLists = names.filter((name) => name !== 'server_groups');
      assert.deepEqual(added(await listed(before), await listed(since)), inLists, since);
    }
  });

  test('administrators see more in 2.3 and the state of the host in 2.16', async () => {
    const attributes = added(await show('2.2', cloud.admin), await show('2.3', cloud.admin));
    const names = 'hostname reservation_id launch_index kernel_id ramdisk_id root_device_name';
    const expected = `${names} user_data`.split(' ').map((name) => `OS-EXT-SRV-ATTR:${name}`);
    assert.deepEqual(attributes, expected);
    assert.deepEqual(added(await show('2.2'), await show('2.3')), []);
    assert.equal('host_status' in (await show('2.15', cloud.admin)), false);
    assert.equal((await show('2.16', cloud.admin)).host_status, 'UP');
    assert.equal((await listed('2.16', cloud.admin)).host_status, 'UP');
    assert.equal('host_status' in (await show('2.104')), false);
  });

  test('the flavor is embedded in 2.47 and the properties of the image in 2.98', async () => {
    assert.deepEqual(Object.keys((await show('2.46')).flavor), ['id', 'links']);
    assert.equal((await show('2.47')).flavor.original_name, 'm1.nano');
    assert.deepEqual(Object.keys((await show('2.97')).image), ['id', 'links']);
    assert.deepEqual((await show('2.98')).image.properties, { architecture: 'x86_64' });
    assert.deepEqual((await listed('2.98')).image.properties, { architecture: 'x86_64' });
  });

  test('progress is shown of a server that is active, and on v2 of every server', async () => {
    assert.equal((await show('2.1')).progress, 0);
    await cloud.demo.post(`/v2.1/servers/${id}/action`, { 'os-stop': null });
    await cloud.cloud.services.operations.whenIdle();
    assert.equal('progress' in (await show('2.1')), false);
    const { body } = await cloud.demo.get(`/v2/servers/${id}`);
    assert.equal(body.server.progress, 0);
    assert.equal(body.server.status, 'SHUTOFF');
  });

  test('v2 shows everyone what the reference lists, but no names of hosts', async () => {
    const own = (await cloud.demo.get(`/v2/servers/${id}`)).body.server;
    const all = (await cloud.admin.get(`/v2/servers/${id}`)).body.server;
    assert.equal(all['OS-EXT-SRV-ATTR:host'], 'h1');
    assert.equal(own['OS-EXT-SRV-ATTR:host'], own.hostId);
    assert.equal(own['OS-EXT-SRV-ATTR:instance_name'], all['OS-EXT-SRV-ATTR:instance_name']);
    assert.equal(own['OS-EXT-SRV-ATTR:root_device_name'], '/dev/vda');
    assert.equal(own['OS-EXT-SERVICE:service_state'], 'up');
    assert.deepEqual([own.group, own.tags], ['', []]);
    const { body } = await cloud.demo.get('/v2/servers/detail');
    assert.deepEqual(body.servers[0], own);
  });

  test('a query that nobody knows is refused since 2.102', async () => {
    const ask = async (version: string) =>
      (await cloud.demo.get(`/v2.1/servers/${id}?colour=red`, at(version))).status;
    assert.deepEqual([await ask('2.101'), await ask('2.102')], [200, 400]);
  });

  test('an update answers in short up to 2.74, with everything since and on v2', async () => {
    const update = async (path: string, server: object, version = '2.1') => {
      const answer = await cloud.demo.put(`${path}/servers/${id}`, { server }, at(version));
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body.server;
    };
    const short = await update('/v2.1', { name: 'short' }, '2.74');
    assert.equal(short.name, 'short');
    assert.equal('key_name' in short || 'OS-EXT-STS:vm_state' in short, false);
    assert.deepEqual(Object.keys(short.addresses.private[0]), ['version', 'addr']);
    const whole = await update('/v2.1', { accessIPv4: '192.0.2.1' }, '2.75');
    assert.deepEqual(new Set(Object.keys(whole)), new Set(Object.keys(await show('2.75'))));
    assert.equal(whole.accessIPv4, '192.0.2.1');
    const legacy = await update('/v2', { name: 'legacy', colour: 'ignored' });
    assert.deepEqual(legacy, (await cloud.demo.get(`/v2/servers/${id}`)).body.server);
  });

  test('a host name may be changed since 2.90, with a domain since 2.94', async () => {
    const update = async (server: object, version: string) =>
      (await cloud.demo.put(`/v2.1/servers/${id}`, { server }, at(version))).status;
    assert.equal(await update({ hostname: 'other' }, '2.89'), 400);
    assert.equal(await update({ hostname: 'other' }, '2.90'), 200);
    assert.equal(await update({ hostname: 'a' }, '2.90'), 400);
    assert.equal(await update({ hostname: 'a.example.org' }, '2.93'), 400);
    assert.equal(await update({ hostname: 'a.example.org' }, '2.94'), 200);
    assert.equal((await show('2.90'))['OS-EXT-SRV-ATTR:hostname'], 'a.example.org');
    assert.equal(await update({ hostname: 'no spaces' }, '2.104'), 400);
  });

  test('a zone may be unpinned since 2.104, and pinned only to where the server is', async () => {
    const update = async (zone: string | null, version: string) => {
      const server = { pinned_availability_zone: zone };
      return (await cloud.demo.put(`/v2.1/servers/${id}`, { server }, at(version))).status;
    };
    assert.equal((await show('2.96')).pinned_availability_zone, 'nova');
    assert.equal(await update(null, '2.103'), 400);
    assert.equal(await update(null, '2.104'), 200);
    assert.equal((await show('2.96')).pinned_availability_zone, null);
    assert.equal(await update('nowhere', '2.104'), 400);
    assert.equal(await update('nova', '2.104'), 200);
    assert.equal((await show('2.96')).pinned_availability_zone, 'nova');
  });

  test('what is no update is refused and changes nothing', async () => {
    const before = await show('2.104');
    for (const server of [
      { name: '' },
      { name: '  ' },
      { name: 'x'.repeat(256) },
      { name: 'a\u0007' },
      { accessIPv4: '::1' },
      { accessIPv6: '192.0.2.1' },
      { 'OS-DCF:diskConfig': 'NEVER' },
      { metadata: {} },
      { __proto__: null, status: 'ERROR' },
    ]) {
      const answer = await cloud.demo.put(`/v2.1/servers/${id}`, { server }, at('2.104'));
      assert.equal(answer.status, 400, JSON.stringify(server));
    }
    assert.deepEqual(await show('2.104'), before);
  });
});
