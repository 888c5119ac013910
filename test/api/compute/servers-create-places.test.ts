import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { serverBody } from '#test/servers.ts';

const nothing = '00000000-0000-4000-8000-000000000000';
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

describe('where a new server may be put', () => {
  let cloud: TestCloud;
  let fine: Record<string, unknown>;
  before(async () => {
    cloud = await startTestCloud({ hosts: [{ name: 'h1' }, { name: 'h2', zone: 'z2' }] });
    fine = ((await serverBody(cloud.demo)) as { server: Record<string, unknown> }).server;
    const { body } = await cloud.demo.get(`/image/v2/images/${fine.imageRef}`);
    await cloud.admin.patch(
      `/image/v2/images/${body.id}`,
      JSON.stringify([{ op: 'replace', path: '/visibility', value: 'public' }]),
      { 'content-type': 'application/openstack-images-v2.1-json-patch' },
    );
  });
  after(() => cloud[Symbol.asyncDispose]());

  const create = (extra: object, version = '2.1', client = cloud.admin) =>
    client.post('/v2.1/servers', { server: { ...fine, ...extra } }, at(version));
  const placeOf = async (id: string) => {
    await cloud.cloud.services.operations.whenIdle();
    const { server } = (await cloud.admin.get(`/v2.1/servers/${id}`, at('2.96'))).body;
    return [server['OS-EXT-AZ:availability_zone'], server['OS-EXT-SRV-ATTR:host'], server.status];
  };
  const placed = async (extra: object, version = '2.1') => {
    const answer = await create(
      { ...extra, networks: 'none' },
      version === '2.1' ? '2.37' : version,
    );
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return placeOf(answer.body.server.id);
  };

  test('a zone, a host of it, and a node are understood in all four forms', async () => {
    for (const [zone, expected] of [
      ['z2', ['z2', 'h2', 'ACTIVE']],
      ['nova:h1', ['nova', 'h1', 'ACTIVE']],
      ['z2:h2:h2', ['z2', 'h2', 'ACTIVE']],
      ['nova::h1', ['nova', 'h1', 'ACTIVE']],
    ] as const) {
      assert.deepEqual(await placed({ availability_zone: zone }), expected, zone);
    }
    assert.equal((await create({ availability_zone: 'a:b:c:d' })).status, 400);
    assert.equal((await create({ availability_zone: 'nowhere:h1' })).status, 400);
  });

  test('an unknown host ends in error by the zone, and is refused by its name', async () => {
    assert.deepEqual((await placed({ availability_zone: 'nova:h9' })).slice(1), [null, 'ERROR']);
    const answer = await create({ host: 'h9', networks: 'none' }, '2.74');
    assert.equal(answer.status, 400);
    assert.equal(answer.body.badRequest.message, 'Compute host h9 could not be found.');
  });

  test('host and hypervisor name a host since 2.74, but not in two ways at once', async () => {
    assert.equal((await create({ host: 'h2', networks: 'none' }, '2.73')).status, 400);
    assert.deepEqual(await placed({ host: 'h2' }, '2.74'), ['z2', 'h2', 'ACTIVE']);
    const node = { hypervisor_hostname: 'h1' };
    assert.deepEqual(await placed(node, '2.74'), ['nova', 'h1', 'ACTIVE']);
    const both = { host: 'h2', availability_zone: 'nova:h1', networks: 'none' };
    assert.equal((await create(both, '2.74')).status, 400);
  });

  test('only administrators name hosts', async () => {
    for (const [extra, version] of [
      [{ availability_zone: 'nova:h1' }, '2.37'],
      [{ availability_zone: 'nova::h1' }, '2.37'],
      [{ host: 'h1' }, '2.74'],
    ] as const) {
      const answer = await create({ ...extra, networks: 'none' }, version, cloud.demo);
      assert.equal(answer.status, 403);
      assert.match(answer.body.forbidden.message, /ecs:servers:createOnHost/);
    }
  });

  test('networks must be named since 2.37, or auto or none be said', async () => {
    const { networks: _, ...without } = fine;
    const post = (server: object, version: string) =>
      cloud.demo.post('/v2.1/servers', { server }, at(version));
    assert.equal((await post(without, '2.36')).status, 202);
    assert.equal((await post(without, '2.37')).status, 400);
    assert.equal((await post({ ...without, networks: 'auto' }, '2.36')).status, 400);
    assert.equal((await post({ ...without, networks: 'auto' }, '2.37')).status, 202);
    assert.equal((await post({ ...without, networks: 'none' }, '2.37')).status, 202);
    await cloud.cloud.services.operations.whenIdle();
  });

  test('a port goes first; an address beside it is ignored on v2 and refused on v2.1', async () => {
    const [{ uuid }] = fine.networks as [{ uuid: string }];
    const port = (await cloud.demo.post('/network/v2.0/ports', { port: { network_id: uuid } })).body
      .port.id;
    const networks = [{ uuid: nothing, port, fixed_ip: '10.42.0.99' }];
    const server = { ...fine, networks };
    assert.equal((await cloud.demo.post('/v2.1/servers', { server })).status, 400);
    const answer = await cloud.demo.post('/v2/servers', { server });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    await cloud.cloud.services.operations.whenIdle();
    const ports = await cloud.demo.get(`/v2.1/servers/${answer.body.server.id}/os-interface`);
    assert.equal(ports.body.interfaceAttachments[0].port_id, port);
    for (const wrong of [{ fixed_ip: '10.42.0.98' }, {}]) {
      for (const path of ['/v2/servers', '/v2.1/servers']) {
        const { status } = await cloud.demo.post(path, { server: { ...fine, networks: [wrong] } });
        assert.equal(status, 400, path);
      }
    }
  });

  test('two cards on one network are refused by the reference and not by Nova', async () => {
    const [first] = fine.networks as object[];
    const server = { ...fine, networks: [first, first] };
    const refused = await cloud.demo.post('/v2/servers', { server });
    assert.equal(refused.status, 400);
    assert.match(refused.body.badRequest.message, /is duplicated/);
    assert.equal((await cloud.demo.post('/v2.1/servers', { server })).status, 202);
    await cloud.cloud.services.operations.whenIdle();
  });

  test('cards have tags in 2.32 to 2.36 and again since 2.42', async () => {
    const [first] = fine.networks as object[];
    const networks = [{ ...first, tag: 'front' }];
    for (const [version, status] of [
      ['2.31', 400],
      ['2.32', 202],
      ['2.36', 202],
      ['2.37', 400],
      ['2.41', 400],
      ['2.42', 202],
    ] as const) {
      const answer = await cloud.demo.post(
        '/v2.1/servers',
        { server: { ...fine, networks } },
        at(version),
      );
      assert.equal(answer.status, status, version);
    }
    await cloud.cloud.services.operations.whenIdle();
  });

  test('a bare-metal flavor takes neither hints, files, devices nor a host', async () => {
    const flavor = { name: 'metal', vcpus: 1, ram: 64, disk: 1 };
    const { body } = await cloud.admin.post('/v2.1/flavors', { flavor });
    const flavorRef = body.flavor.id;
    const specs = { extra_specs: { resource_type: 'ironic' } };
    await cloud.admin.post(`/v2.1/flavors/${flavorRef}/os-extra_specs`, specs);
    const [first] = fine.networks as object[];
    const device = { source_type: 'volume', destination_type: 'volume', uuid: nothing };
    for (const [extra, rest] of [
      [{}, { 'os:scheduler_hints': { tenancy: 'shared' } }],
      [{ personality: [{ path: '/a', contents: '' }] }, {}],
      [{ block_device_mapping_v2: [device] }, {}],
      [{ availability_zone: 'nova:h1' }, {}],
      [{ networks: Array(5).fill(first) }, {}],
    ]) {
      const server = { ...fine, flavorRef, ...extra };
      const answer = await cloud.admin.post('/v2/servers', { server, ...rest });
      assert.equal(answer.status, 400);
      assert.match(answer.body.badRequest.message, /^A bare-metal flavor does not support/);
    }
  });
});
