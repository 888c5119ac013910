import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { flavorId, makeImage, makeServer, networkId, serverBody, statusOf } from '#test/servers.ts';

describe('servers', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  const idle = () => cloud.cloud.services.operations.whenIdle();
  const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

  test('a created server becomes active with an address, a host and a link to itself', async () => {
    const made = await cloud.demo.post('/v2.1/servers', await serverBody(cloud.demo));
    assert.equal(made.status, 202);
    const { id, adminPass, links } = made.body.server;
    assert.equal(made.headers.get('location'), `${cloud.url}/v2.1/servers/${id}`);
    assert.match(adminPass, /^[2-9A-HJ-NP-Za-km-z]{12}$/);
    assert.equal(links[0].href, `${cloud.url}/v2.1/servers/${id}`);
    await idle();
    const { body } = await cloud.demo.get(`/v2.1/servers/${id}`);
    assert.equal(body.server.status, 'ACTIVE');
    assert.equal(body.server['OS-EXT-STS:power_state'], 1);
    assert.match(body.server.addresses.private[0].addr, /^10\.42\./);
    assert.match(body.server.addresses.private[0]['OS-EXT-IPS-MAC:mac_addr'], /^fa:16:3e:/);
    assert.deepEqual(body.server.security_groups, [{ name: 'default' }]);
    assert.equal(body.server.hostId.length, 56);
    assert.equal(cloud.hosts.hypervisor.guests.get(id)?.power, 'running');
  });

  test('what only administrators see is shown to nobody else', async () => {
    const id = await makeServer(cloud);
    const own = await cloud.demo.get(`/v2.1/servers/${id}`);
    const all = await cloud.admin.get(`/v2.1/servers/${id}`);
    assert.equal('OS-EXT-SRV-ATTR:host' in own.body.server, false);
    assert.equal(typeof all.body.server['OS-EXT-SRV-ATTR:host'], 'string');
    assert.match(all.body.server['OS-EXT-SRV-ATTR:instance_name'], /^instance-[0-9a-f]{8}$/);
  });

  test('fields appear in the microversion that brought them', async () => {
    const id = await makeServer(cloud);
    const show = async (version: string) =>
      (await cloud.demo.get(`/v2.1/servers/${id}`, at(version))).body.server;
    assert.equal('locked' in (await show('2.8')), false);
    assert.equal((await show('2.9')).locked, false);
    assert.equal('description' in (await show('2.18')), false);
    assert.equal((await show('2.19')).description, 'one');
    assert.equal(typeof (await show('2.46')).flavor.id, 'string');
    assert.equal((await show('2.47')).flavor.original_name, 'm1.nano');
    assert.deepEqual((await show('2.26')).tags, []);
    assert.equal((await show('2.90'))['OS-EXT-SRV-ATTR:hostname'], 'one');
  });

  test('a server of another project looks as if it did not exist', async () => {
    const id = await makeServer(cloud);
    const other = await cloud.userOf('other', 'member');
    for (const [method, path, body] of [
      ['GET', `/v2.1/servers/${id}`, undefined],
      ['PUT', `/v2.1/servers/${id}`, { server: { name: 'mine' } }],
      ['DELETE', `/v2.1/servers/${id}`, undefined],
      ['POST', `/v2.1/servers/${id}/action`, { 'os-stop': null }],
      ['GET', `/v2.1/servers/${id}/os-interface`, undefined],
      ['GET', `/v2.1/servers/${id}/ips`, undefined],
    ] as const) {
      const { status, body: answer } = await other.request(method, path, body);
      assert.equal(status, 404, `${method} ${path}`);
      assert.equal(answer.itemNotFound.message, `Instance ${id} could not be found.`);
    }
    const { body } = await other.get('/v2.1/servers');
    assert.deepEqual(body.servers, []);
  });

  test('a reader may look and may not touch', async () => {
    const id = await makeServer(cloud);
    const reader = await cloud.userOf('demo', 'reader');
    assert.equal((await reader.get(`/v2.1/servers/${id}`)).status, 200);
    const refused = await reader.post(`/v2.1/servers/${id}/action`, { 'os-stop': null });
    assert.equal(refused.status, 403);
    const sentence = "Policy doesn't allow ecs:servers:stop to be performed.";
    assert.equal(refused.body.forbidden.message, sentence);
    assert.equal((await reader.delete(`/v2.1/servers/${id}`)).status, 403);
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  });

  test('a reference to nothing is refused and nothing is created', async () => {
    const before = (await cloud.demo.get('/v2.1/servers')).body.servers.length;
    const image = await makeImage(cloud.demo);
    const flavor = await flavorId(cloud.demo);
    const network = await networkId(cloud.demo);
    const nothing = '00000000-0000-4000-8000-000000000000';
    const fine = { name: 'x', imageRef: image, flavorRef: flavor, networks: [{ uuid: network }] };
    for (const wrong of [
      { imageRef: nothing },
      { flavorRef: 'nothing' },
      { networks: [{ uuid: nothing }] },
      { networks: [{ port: nothing }] },
      { key_name: 'nothing' },
      { availability_zone: 'nowhere' },
      { security_groups: [{ name: 'nothing' }] },
      { min_count: 3, max_count: 2 },
      { user_data: 'not base64!' },
      { name: '' },
      { name: 'x'.repeat(256) },
      { metadata: { ['k'.repeat(256)]: 'v' } },
      { metadata: { key: 7 } },
      { networks: [{ uuid: network, fixed_ip: '999.1.1.1' }] },
      { 'no such member': true },
    ]) {
      const answer = await cloud.demo.post('/v2.1/servers', { server: { ...fine, ...wrong } });
      assert.equal(answer.status, 400, JSON.stringify(wrong));
      assert.equal(typeof answer.body.badRequest.message, 'string');
    }
    await idle();
    assert.equal((await cloud.demo.get('/v2.1/servers')).body.servers.length, before);
  });

  test('an image that needs more than the flavor has is refused', async () => {
    const image = await makeImage(cloud.demo, { min_ram: 4096 });
    const body = await serverBody(cloud.demo, { imageRef: image });
    const { status, body: answer } = await cloud.demo.post('/v2.1/servers', body);
    assert.equal(status, 400);
    assert.match(answer.badRequest.message, /memory is too small/);
  });

  test('several servers are made at once, numbered, under one reservation', async () => {
    const body = await serverBody(cloud.demo, { name: 'many', min_count: 2, max_count: 3 });
    const made = await cloud.demo.post('/v2.1/servers', body);
    assert.equal(made.status, 202);
    await idle();
    const { body: list } = await cloud.demo.get('/v2.1/servers?name=many');
    const names = list.servers.map((server: { name: string }) => server.name).sort();
    assert.deepEqual(names, ['many-1', 'many-2', 'many-3']);
  });

  test('stop, start and reboot go where they should and end there', async () => {
    const id = await makeServer(cloud);
    const ask = (body: object) => cloud.demo.post(`/v2.1/servers/${id}/action`, body);
    assert.equal((await ask({ 'os-stop': null })).status, 202);
    await idle();
    assert.equal(await statusOf(cloud.demo, id), 'SHUTOFF');
    assert.equal(cloud.hosts.hypervisor.guests.get(id)?.power, 'off');
    assert.equal((await ask({ 'os-start': null })).status, 202);
    await idle();
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    for (const type of ['SOFT', 'HARD']) {
      assert.equal((await ask({ reboot: { type } })).status, 202);
      await idle();
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    }
  });

  test('an action that the state forbids is 409 and names the state', async () => {
    const id = await makeServer(cloud);
    const { status, body } = await cloud.demo.post(`/v2.1/servers/${id}/action`, {
      'os-start': null,
    });
    assert.equal(status, 409);
    const sentence = `Cannot 'start' instance ${id} while it is in vm_state active`;
    assert.equal(body.conflictingRequest.message, sentence);
  });

  test('an unknown action, two actions, and none are 400', async () => {
    const id = await makeServer(cloud);
    const path = `/v2.1/servers/${id}/action`;
    for (const body of [{ dance: {} }, { 'os-stop': null, 'os-start': null }, {}, []]) {
      assert.equal((await cloud.demo.post(path, body)).status, 400, JSON.stringify(body));
    }
    assert.equal((await cloud.demo.post(path, { reboot: { type: 'GENTLE' } })).status, 400);
  });

  test('a rename is seen at once, and only in words', async () => {
    const id = await makeServer(cloud);
    const body = { server: { name: 'renamed' } };
    const answer = await cloud.demo.put(`/v2.1/servers/${id}`, body);
    assert.equal(answer.status, 200);
    assert.equal(answer.body.server.name, 'renamed');
    assert.equal((await cloud.demo.get('/v2.1/servers?name=renamed')).body.servers.length, 1);
  });

  test('a deleted server is gone, and with it guest, disk, wire and port', async () => {
    const id = await makeServer(cloud);
    assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
    await idle();
    assert.equal(await statusOf(cloud.demo, id), 'gone');
    assert.equal(cloud.hosts.hypervisor.guests.has(id), false);
    assert.equal(cloud.hosts.storage.rootDisks.has(id), false);
    const ports = await cloud.demo.get(`/network/v2.0/ports?device_id=${id}`);
    assert.deepEqual(ports.body.ports, []);
  });

  test('a guest that ends by itself is seen as stopped', async () => {
    const id = await makeServer(cloud);
    cloud.hosts.hypervisor.endGuest(id);
    while ((await statusOf(cloud.demo, id)) === 'ACTIVE') {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(await statusOf(cloud.demo, id), 'SHUTOFF');
  });

  test('the console shows what the guest wrote, the newest lines when asked', async () => {
    const id = await makeServer(cloud);
    cloud.hosts.hypervisor.writeConsole(id, 'one\r\ntwo\r\nthree');
    const path = `/v2.1/servers/${id}/action`;
    const all = await cloud.demo.post(path, { 'os-getConsoleOutput': {} });
    assert.match(all.body.output, /one\ntwo\nthree$/);
    const tail = await cloud.demo.post(path, { 'os-getConsoleOutput': { length: 2 } });
    assert.equal(tail.body.output, 'two\nthree');
  });

  test('ports and addresses of a server are listed', async () => {
    const id = await makeServer(cloud);
    const interfaces = await cloud.demo.get(`/v2.1/servers/${id}/os-interface`);
    const [port] = interfaces.body.interfaceAttachments;
    assert.equal(port.port_state, 'ACTIVE');
    const ips = await cloud.demo.get(`/v2.1/servers/${id}/ips`);
    assert.equal(ips.body.addresses.private[0].addr, port.fixed_ips[0].ip_address);
    const one = await cloud.demo.get(`/v2.1/servers/${id}/ips/private`);
    assert.deepEqual(one.body.private, ips.body.addresses.private);
    assert.equal((await cloud.demo.get(`/v2.1/servers/${id}/ips/none`)).status, 404);
  });
});
