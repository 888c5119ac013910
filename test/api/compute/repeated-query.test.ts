import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const named = (list: { name: string }[]) => list.map(({ name }) => name);

test('of a parameter that is said twice the last mention counts, on flavors too', async () => {
  await using cloud = await startTestCloud();
  const ask = async (query: string, client = cloud.demo) => {
    const answer = await client.get(`/v2.1/flavors?${query}`);
    assert.equal(answer.status, 200, `${query}: ${JSON.stringify(answer.body)}`);
    return named(answer.body.flavors);
  };
  assert.equal((await ask('limit=1&limit=2')).length, 2);
  assert.deepEqual(await ask('minRam=0&minRam=99999999'), []);
  assert.deepEqual(await ask('is_public=true&is_public=false', cloud.admin), []);
  const up = await ask('sort_key=name&sort_key=memory_mb&sort_dir=desc&sort_dir=asc');
  const down = await ask('sort_key=name&sort_key=memory_mb&sort_dir=asc&sort_dir=desc');
  assert.deepEqual([...down].reverse(), up);
  const page = await cloud.demo.get('/v2.1/flavors?limit=1&limit=2');
  const [next] = page.body.flavors_links;
  assert.match(next.href, /\?limit=2&marker=/);
});

test('each mention must be valid', async () => {
  await using cloud = await startTestCloud();
  for (const path of ['flavors', 'servers', 'os-keypairs', 'os-server-groups']) {
    for (const query of ['limit=-1&limit=2', 'limit=2&limit=x']) {
      const { status } = await cloud.demo.get(`/v2.1/${path}?${query}`, at('2.35'));
      assert.equal(status, 400, `${path}?${query}`);
    }
  }
});

test('several states are a list, names of one filter are not', async () => {
  await using cloud = await startTestCloud();
  await makeServer(cloud, { name: 'runs' });
  const off = await makeServer(cloud, { name: 'rests' });
  await cloud.demo.post(`/v2.1/servers/${off}/action`, { 'os-stop': null });
  await cloud.cloud.services.operations.whenIdle();
  const ask = async (query: string) =>
    named((await cloud.demo.get(`/v2.1/servers?${query}`)).body.servers).sort();
  assert.deepEqual(await ask('status=ACTIVE&status=SHUTOFF'), ['rests', 'runs']);
  assert.deepEqual(await ask('status=SHUTOFF&status=ERROR'), ['rests']);
  assert.deepEqual(await ask('name=runs&name=rests'), ['rests']);
  assert.equal((await ask('limit=1&limit=2')).length, 2);
});

test('later lists refuse what is said twice', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const rows: [path: string, before: string | undefined, since: string][] = [
    [`servers/${id}/os-instance-actions`, '2.57', '2.58'],
    ['os-migrations', '2.58', '2.59'],
    ['os-hypervisors', '2.52', '2.53'],
  ];
  for (const [path, before, since] of rows) {
    const ask = async (version: string) =>
      (await cloud.admin.get(`/v2.1/${path}?limit=1&limit=2`, at(version))).status;
    if (before) assert.equal(await ask(before), 200, path);
    assert.equal(await ask(since), 400, path);
  }
});

test('no parameter of any list breaks by being said twice', async () => {
  await using cloud = await startTestCloud();
  const someId = '00000000-0000-4000-8000-000000000000';
  for (const surface of cloud.cloud.surfaces) {
    if (!surface.name.startsWith('compute')) continue;
    const [prefix = ''] = surface.prefixes;
    const { major, minor } = surface.versioning?.maximum ?? surface.fixedVersion;
    for (const endpoint of surface.endpoints) {
      const { properties = {} } = (endpoint.query ?? {}) as { properties?: object };
      for (const name of Object.keys(properties)) {
        const path = prefix + endpoint.path.replaceAll(/\{\w+\}/g, someId);
        for (const version of ['2.1', `${major}.${minor}`]) {
          const query = `${name}=1&${name}=2&${name}=`;
          const { status } = await cloud.admin.request(
            endpoint.method,
            `${path}?${query}`,
            undefined,
            at(version),
          );
          assert.ok(status < 500, `${endpoint.method} ${path}?${query} in ${version}: ${status}`);
        }
      }
    }
  }
});
