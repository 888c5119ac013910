import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { serverBody } from '#test/servers.ts';

describe('lists of servers', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
    const body = await serverBody(cloud.demo, { name: 's', min_count: 5 });
    await cloud.demo.post('/v2.1/servers', body);
    await cloud.cloud.services.operations.whenIdle();
  });
  after(() => cloud[Symbol.asyncDispose]());

  const names = (body: { servers: { name: string }[] }) => body.servers.map(({ name }) => name);

  test('pages follow one another by their links and show everything once', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/v2.1/servers?limit=2';
    while (path !== undefined) {
      const { body } = await cloud.demo.get(path);
      seen.push(...names(body));
      const next: string | undefined = body.servers_links?.[0].href;
      path = next?.slice(cloud.url.length);
    }
    assert.deepEqual(seen.sort(), ['s-1', 's-2', 's-3', 's-4', 's-5']);
  });

  test('an unknown marker and a sort key that does not exist are 400', async () => {
    assert.equal((await cloud.demo.get('/v2.1/servers?marker=nothing')).status, 400);
    assert.equal((await cloud.demo.get('/v2.1/servers?sort_key=colour')).status, 400);
    assert.equal((await cloud.demo.get('/v2.1/servers?limit=many')).status, 400);
  });

  test('a limit over 1000 is 403 on v2 and cut on v2.1', async () => {
    assert.equal((await cloud.demo.get('/v2/servers?limit=1001')).status, 403);
    assert.equal((await cloud.demo.get('/v2.1/servers?limit=1001')).status, 200);
  });

  test('filters by name and status leave what they say', async () => {
    assert.deepEqual(names((await cloud.demo.get('/v2.1/servers?name=s-3')).body), ['s-3']);
    assert.equal((await cloud.demo.get('/v2.1/servers?status=ACTIVE')).body.servers.length, 5);
    for (const status of ['ERROR', 'REBOOT', 'SHUTOFF', 'NO SUCH STATUS']) {
      const { body } = await cloud.demo.get(`/v2.1/servers?status=${status}`);
      assert.deepEqual(body.servers, [], status);
    }
  });

  test('all tenants are for administrators', async () => {
    assert.equal((await cloud.demo.get('/v2.1/servers?all_tenants=1')).status, 403);
    const { body } = await cloud.admin.get('/v2.1/servers/detail?all_tenants=1');
    assert.equal(body.servers.length, 5);
    assert.equal((await cloud.admin.get('/v2.1/servers')).body.servers.length, 0);
  });
});

describe('quota', () => {
  test('parallel creations never pass what one alone may not', async () => {
    await using cloud = await startTestCloud({ quota: { instances: 3, cores: -1, memoryMib: -1 } });
    const body = await serverBody(cloud.demo);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => cloud.demo.post('/v2.1/servers', body)),
    );
    const statuses = answers.map((answer) => answer.status).sort();
    assert.deepEqual(statuses, [202, 202, 202, 403, 403, 403, 403, 403]);
    const refused = answers.find((answer) => answer.status === 403);
    assert.match(refused?.body.forbidden.message, /^Quota exceeded for instances/);
    await cloud.cloud.services.operations.whenIdle();
  });
});

describe('a server that no host can take', () => {
  test('is in error with a fault that explains itself to administrators only', async () => {
    await using cloud = await startTestCloud();
    const flavor = { vcpus: 2_000_000, ram: 64, disk: 1, name: 'wide' };
    const wide = await cloud.admin.post('/v2.1/flavors', { flavor });
    const body = await serverBody(cloud.demo, { flavorRef: wide.body.flavor.id });
    const { body: server } = await cloud.demo.post('/v2.1/servers', body);
    await cloud.cloud.services.operations.whenIdle();
    const own = await cloud.demo.get(`/v2.1/servers/${server.server.id}`);
    assert.equal(own.body.server.status, 'ERROR');
    assert.match(own.body.server.fault.message, /No valid host was found/);
    assert.equal('details' in own.body.server.fault, false);
    const all = await cloud.admin.get(`/v2.1/servers/${server.server.id}`);
    assert.match(all.body.server.fault.details, /VcpuFilter left 0/);
  });
});
