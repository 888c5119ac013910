import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const sizes = { vcpus: 8, memoryMib: 4096, diskGib: 50 };
const hosts = [
  { name: 'node-a', ...sizes },
  { name: 'node-b', ...sizes, zone: 'west' },
];

describe('hypervisors', () => {
  let cloud: TestCloud;
  let server: string;
  before(async () => {
    cloud = await startTestCloud({ hosts });
    server = await makeServer(cloud, { availability_zone: 'west' });
  });
  after(() => cloud[Symbol.asyncDispose]());

  const list = async (path: string, version: string) => {
    const { status, body } = await cloud.admin.get(`/v2.1/os-hypervisors${path}`, at(version));
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const statusOf = async (path: string, version: string) =>
    (await cloud.admin.get(`/v2.1/os-hypervisors${path}`, at(version))).status;

  test('are listed by name, with their figures taken from live servers', async () => {
    const names = await list('', '2.1');
    assert.deepEqual(
      names.hypervisors.map((one: Record<string, unknown>) => Object.keys(one).sort()),
      [0, 1].map(() => ['hypervisor_hostname', 'id', 'state', 'status']),
    );
    const [, busy] = (await list('/detail', '2.1')).hypervisors;
    const { body } = await cloud.demo.get('/v2.1/flavors/detail');
    const nano = body.flavors.find(({ name }: { name: string }) => name === 'm1.nano');
    assert.equal(busy.hypervisor_hostname, 'node-b');
    assert.deepEqual(
      [busy.vcpus, busy.vcpus_used, busy.memory_mb, busy.memory_mb_used, busy.free_ram_mb],
      [8, nano.vcpus, 4096, nano.ram, 4096 - nano.ram],
    );
    assert.deepEqual(
      [busy.local_gb, busy.local_gb_used, busy.free_disk_gb, busy.running_vms],
      [50, nano.disk, 50 - nano.disk, 1],
    );
    assert.equal(busy.current_workload, 0);
    assert.equal(busy.service.host, 'node-b');
  });

  test('tell their processors as text until 2.27, then as an object', async () => {
    const { hypervisors } = await list('/detail', '2.27');
    const before = JSON.parse(hypervisors[0].cpu_info);
    const now = (await list('/detail', '2.28')).hypervisors[0].cpu_info;
    assert.deepEqual(now, before);
    assert.deepEqual(now.topology, { sockets: 1, cores: 1, threads: 1 });
  });

  test('come in pages since 2.33, marked by number and since 2.53 by UUID', async () => {
    assert.equal((await list('?limit=1', '2.32')).hypervisors.length, 2);
    for (const version of ['2.33', '2.52', '2.53', '2.88']) {
      const page = await list('?limit=1', version);
      assert.deepEqual(page.hypervisors.length, 1, version);
      const next = new URL(page.hypervisors_links[0].href);
      const rest = await list(next.search, version);
      assert.equal(rest.hypervisors[0].hypervisor_hostname, 'node-b', version);
      assert.equal(rest.hypervisors_links, undefined, version);
      assert.equal(await statusOf('?marker=nobody', version), 400);
      assert.equal(await statusOf('?limit=-1', version), 400);
    }
  });

  test('are found by a part of their name, by other paths until 2.52', async () => {
    const names = (body: { hypervisors: { hypervisor_hostname: string }[] }) =>
      body.hypervisors.map((one) => one.hypervisor_hostname);
    assert.deepEqual(names(await list('/ODE-/search', '2.52')), ['node-a', 'node-b']);
    assert.deepEqual(names(await list('/e-b/search', '2.1')), ['node-b']);
    assert.equal(await statusOf('/other/search', '2.52'), 404);
    assert.equal(await statusOf('/e-b/search', '2.53'), 404);
    const pattern = '?hypervisor_hostname_pattern=';
    assert.deepEqual(names(await list(`${pattern}e-b`, '2.53')), ['node-b']);
    assert.equal(names(await list(`${pattern}e-b`, '2.52')).length, 2);
    assert.equal(await statusOf(`${pattern}other`, '2.53'), 404);
    assert.equal(await statusOf(`${pattern}node&limit=1`, '2.53'), 400);
    assert.equal(await statusOf('?colour=blue', '2.52'), 200);
    assert.equal(await statusOf('?colour=blue', '2.53'), 400);
  });

  test('show their servers when asked, none as an empty list since 2.75', async () => {
    const old = (await list('/node/servers', '2.52')).hypervisors;
    assert.equal(old[0].servers, undefined);
    assert.deepEqual(
      old[1].servers.map(({ uuid }: { uuid: string }) => uuid),
      [server],
    );
    assert.equal(await statusOf('/other/servers', '2.52'), 404);
    assert.equal(await statusOf('/node/servers', '2.53'), 404);
    const [empty, full] = (await list('/detail?with_servers=True', '2.53')).hypervisors;
    assert.equal(empty.servers, undefined);
    assert.equal(full.servers[0].uuid, server);
    assert.match(full.servers[0].name, /^instance-[0-9a-f]{8}$/);
    const [none] = (await list('?with_servers=1', '2.75')).hypervisors;
    assert.deepEqual(none.servers, []);
    assert.equal((await list('', '2.75')).hypervisors[0].servers, undefined);
    assert.equal(await statusOf('?with_servers=perhaps', '2.53'), 400);
  });

  test('are shown by number until 2.52 and by UUID since 2.53', async () => {
    const number = (await list('', '2.52')).hypervisors[1].id;
    const uuid = (await list('', '2.53')).hypervisors[1].id;
    assert.equal((await list(`/${number}`, '2.52')).hypervisor.hypervisor_hostname, 'node-b');
    assert.equal((await list(`/${uuid}`, '2.53')).hypervisor.hypervisor_hostname, 'node-b');
    const shown = await list(`/${uuid}?with_servers=1`, '2.53');
    assert.equal(shown.hypervisor.servers[0].uuid, server);
    assert.equal(await statusOf(`/${uuid}`, '2.52'), 404);
    assert.equal(await statusOf('/99', '2.1'), 404);
    assert.equal(await statusOf(`/${number}`, '2.53'), 400);
    assert.equal(await statusOf('/00000000-0000-4000-8000-000000000000', '2.53'), 404);
  });

  test('tell their uptime below themselves until 2.87, then with the rest', async () => {
    const line = /^ \d\d:\d\d:\d\d up \d+ days?, \d+:\d\d, 0 users, {2}load average: 0\.00/;
    const number = (await list('', '2.52')).hypervisors[0].id;
    assert.match((await list(`/${number}/uptime`, '2.52')).hypervisor.uptime, line);
    const uuid = (await list('', '2.53')).hypervisors[0].id;
    assert.match((await list(`/${uuid}/uptime`, '2.87')).hypervisor.uptime, line);
    assert.equal(await statusOf(`/${uuid}/uptime`, '2.88'), 404);
    const { hypervisor } = await list(`/${uuid}`, '2.88');
    assert.match(hypervisor.uptime, line);
    assert.equal(hypervisor.vcpus, undefined);
    assert.equal(hypervisor.cpu_info, undefined);
    assert.equal((await list(`/${uuid}`, '2.87')).hypervisor.uptime, undefined);
  });

  test('are summed up until 2.87, without those that are out of use', async () => {
    const all = (await list('/statistics', '2.87')).hypervisor_statistics;
    assert.deepEqual([all.count, all.vcpus, all.running_vms], [2, 16, 1]);
    const named = { host: 'node-a', binary: 'nova-compute' };
    await cloud.admin.put('/v2.1/os-services/disable', named);
    const fewer = (await list('/statistics', '2.1')).hypervisor_statistics;
    assert.deepEqual([fewer.count, fewer.vcpus, fewer.local_gb], [1, 8, 50]);
    assert.equal((await list('', '2.1')).hypervisors[0].status, 'disabled');
    await cloud.admin.put('/v2.1/os-services/enable', named);
    // Then it is an id, and none.
    assert.equal(await statusOf('/statistics', '2.88'), 404);
  });

  test('that are down tell no uptime', async () => {
    const named = { host: 'node-a', binary: 'nova-compute', forced_down: true };
    await cloud.admin.put('/v2.1/os-services/force-down', named, at('2.11'));
    const uuid = (await list('', '2.53')).hypervisors[0].id;
    assert.equal(await statusOf(`/${uuid}/uptime`, '2.53'), 400);
    assert.equal((await list(`/${uuid}`, '2.88')).hypervisor.uptime, null);
    const again = { ...named, forced_down: false };
    await cloud.admin.put('/v2.1/os-services/force-down', again, at('2.11'));
  });

  test('are seen by administrators only', async () => {
    const reader = await cloud.userOf('demo', 'reader');
    for (const path of ['', '/detail', '/statistics', '/1', '/1/uptime', '/a/search']) {
      const url = `/v2.1/os-hypervisors${path}`;
      assert.equal((await cloud.demo.get(url)).status, 403, path);
      assert.equal((await reader.get(url)).status, 403, path);
      assert.equal((await cloud.nobody.get(url)).status, 401, path);
    }
  });
});
