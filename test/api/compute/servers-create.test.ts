import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { serverBody } from '#test/servers.ts';

const nothing = '00000000-0000-4000-8000-000000000000';
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('what a new server may be given', () => {
  let cloud: TestCloud;
  let fine: Record<string, unknown>;
  before(async () => {
    const quota = { instances: 4, cores: -1, memoryMib: -1 };
    cloud = await startTestCloud({ quota, hosts: [{ name: 'h1' }, { name: 'h2', zone: 'z2' }] });
    fine = ((await serverBody(cloud.demo)) as { server: Record<string, unknown> }).server;
  });
  after(() => cloud[Symbol.asyncDispose]());

  const create = async (extra: object, version = '2.1', client = cloud.demo, rest: object = {}) => {
    const body = { server: { ...fine, ...extra }, ...rest };
    return client.post('/v2.1/servers', body, at(version));
  };
  const shown = async (id: string, version = '2.104') => {
    await cloud.cloud.services.operations.whenIdle();
    return (await cloud.admin.get(`/v2.1/servers/${id}`, at(version))).body.server;
  };
  const remove = async (id: string) => {
    await cloud.demo.delete(`/v2.1/servers/${id}`);
    await cloud.cloud.services.operations.whenIdle();
  };
  const made = async (extra: object, version = '2.1', client = cloud.demo, rest: object = {}) => {
    const answer = await create(extra, version, client, rest);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return answer.body.server.id as string;
  };

  test('files that are sent along lie on the config drive and are named there', async () => {
    const personality = [{ path: '/etc/banner.txt', contents: base64('hello') }];
    const id = await made({ personality });
    assert.equal((await shown(id)).config_drive, 'True');
    const files = cloud.hosts.storage.configDrives.get(id) ?? {};
    assert.equal(Buffer.from(files['openstack/content/0000'] ?? []).toString(), 'hello');
    const json = Buffer.from(files['openstack/latest/meta_data.json'] ?? []).toString();
    const reference = { content_path: '/content/0000', path: '/etc/banner.txt' };
    assert.deepEqual(JSON.parse(json).files, [reference]);
    await remove(id);
  });

  test('files beyond the quota are 403, malformed ones 400, and all since 2.57', async () => {
    const file = { path: '/a', contents: base64('x') };
    for (const [personality, name] of [
      [Array(6).fill(file), 'injected_files'],
      [[{ ...file, contents: base64('x'.repeat(10_241)) }], 'injected_file_content_bytes'],
      [[{ ...file, path: 'p'.repeat(256) }], 'injected_file_path_bytes'],
    ] as const) {
      const answer = await create({ personality });
      assert.equal(answer.status, 403, name);
      assert.match(answer.body.forbidden.message, new RegExp(`for ${name}:`));
    }
    for (const wrong of [{ path: '/a' }, { contents: 'eA==' }, { ...file, contents: '#' }]) {
      assert.equal((await create({ personality: [wrong] })).status, 400);
    }
    assert.equal((await create({ personality: [file] }, '2.57')).status, 400);
    await remove(await made({ personality: [file] }, '2.56'));
  });

  test('as much metadata as the quota allows, and a 403 beyond it', async () => {
    const items = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
    const answer = await create({ metadata: items(129) });
    assert.equal(answer.status, 403);
    assert.match(answer.body.forbidden.message, /metadata_items/);
    await remove(await made({ metadata: items(128) }));
  });

  test('as many are made as the quota leaves, but not less than the least', async () => {
    const refused = await create({ min_count: 5, max_count: 9 });
    assert.equal(refused.status, 403);
    assert.match(refused.body.forbidden.message, /^Quota exceeded for instances: Requested 9/);
    const answer = await create({
      name: 'q',
      min_count: '2',
      max_count: 9,
      return_reservation_id: true,
    });
    assert.deepEqual(Object.keys(answer.body), ['reservation_id']);
    const path = `/v2.1/servers?reservation_id=${answer.body.reservation_id}`;
    const { servers } = (await cloud.demo.get(path)).body;
    const names = servers.map(({ name }: { name: string }) => name).sort();
    assert.deepEqual(names, ['q-1', 'q-2', 'q-3', 'q-4']);
    for (const { id } of servers) await remove(id);
  });

  test('one port and one address are not for several servers, nor for thousands', async () => {
    const [{ uuid }] = fine.networks as [{ uuid: string }];
    for (const networks of [[{ port: nothing }], [{ uuid, fixed_ip: '10.42.0.77' }]]) {
      assert.equal((await create({ networks, min_count: 2 })).status, 400);
    }
    const answer = await create({ min_count: 1, max_count: 1001 });
    assert.match(answer.body.badRequest.message, /at most 1000 servers/);
  });

  test('user data is base64 of at most 65535 characters', async () => {
    for (const user_data of ['#', 'abc', 'A'.repeat(65_536)]) {
      assert.equal((await create({ user_data })).status, 400);
    }
    const id = await made({ user_data: 'QUJD\nREVG' });
    assert.equal((await shown(id))['OS-EXT-SRV-ATTR:user_data'], 'QUJD\nREVG');
    await remove(id);
  });

  test('tags, certificates, a host name and a domain each came with a version', async () => {
    const trusted = ['0b5d2c72-12cc-4ba6-a8d7-3ff5cc1d8cb8'];
    for (const [member, before, since] of [
      [{ tags: ['a', 'b'] }, '2.51', '2.52'],
      [{ trusted_image_certificates: trusted }, '2.62', '2.63'],
      [{ hostname: 'my-host' }, '2.89', '2.90'],
      [{ hostname: 'my.example.org' }, '2.93', '2.94'],
    ] as const) {
      assert.equal((await create(member, before)).status, 400, `${before}`);
      const id = await made(member, since);
      const server = await shown(id);
      const [name = ''] = Object.keys(member);
      const key = name === 'hostname' ? 'OS-EXT-SRV-ATTR:hostname' : name;
      assert.deepEqual(server[key], Object.values(member)[0]);
      await remove(id);
    }
    for (const tags of [['a/b'], ['x'.repeat(81)], Array(51).fill('x')]) {
      assert.equal((await create({ tags }, '2.52')).status, 400);
    }
    assert.equal((await create({ trusted_image_certificates: [] }, '2.63')).status, 400);
  });

  test('a description is the name before 2.19, and empty unless given afterwards', async () => {
    for (const [version, extra, expected] of [
      ['2.18', {}, 'one'],
      ['2.19', {}, null],
      ['2.19', { description: 'mine' }, 'mine'],
    ] as const) {
      const id = await made(extra, version);
      assert.equal((await shown(id)).description, expected);
      await remove(id);
    }
    assert.equal((await create({ description: 'x'.repeat(256) }, '2.19')).status, 400);
  });

  test('hints are kept and shown since 2.100, the tenancy before that too', async () => {
    const hints = { same_host: nothing, colour: 'red', query: ['>=', '$free_ram_mb', 1] };
    const rest = { 'OS-SCH-HNT:scheduler_hints': { colour: 'red', tenancy: 'shared' } };
    const id = await made({}, '2.1', cloud.demo, rest);
    assert.deepEqual((await shown(id)).scheduler_hints, { colour: ['red'], tenancy: ['shared'] });
    assert.equal('scheduler_hints' in (await shown(id, '2.99')), false);
    assert.deepEqual((await shown(id, '2.99'))['os:scheduler_hints'], { tenancy: 'shared' });
    await remove(id);
    for (const wrong of [
      hints,
      { group: 'mine' },
      { group: nothing },
      { different_host: ['x'] },
      { tenancy: 'alone' },
      { build_near_host_ip: 'here' },
      { cidr: '24' },
      { many: 'x'.repeat(9000) },
    ]) {
      const answer = await create({}, '2.1', cloud.demo, { 'os:scheduler_hints': wrong });
      assert.equal(answer.status, 400, JSON.stringify(wrong));
    }
  });

  test('a disk is MANUAL unless the request or the image says otherwise', async () => {
    const answer = await create({});
    assert.equal(answer.body.server['OS-DCF:diskConfig'], 'MANUAL');
    await remove(answer.body.server.id);
    const asked = await create({ 'OS-DCF:diskConfig': 'AUTO' });
    assert.equal(asked.body.server['OS-DCF:diskConfig'], 'AUTO');
    await remove(asked.body.server.id);
    assert.equal((await create({ 'OS-DCF:diskConfig': 'SOMETIMES' })).status, 400);
  });

  test('the alias of the reference makes a server too', async () => {
    const answer = await cloud.demo.post('/v2/os-volumes_boot', { server: fine });
    assert.equal(answer.status, 202);
    await remove(answer.body.server.id);
  });
});
