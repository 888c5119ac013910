import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer, statusOf } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const hosts = [
  { name: 'east-1', zone: 'east', vcpus: 8, memoryMib: 4096, diskGib: 50 },
  { name: 'west-1', zone: 'west', vcpus: 4, memoryMib: 2048, diskGib: 20 },
];

test('services in use are listed by host, all or those of a zone', async () => {
  await using cloud = await startTestCloud({ hosts });
  const list = async (query = '') => (await cloud.admin.get(`/v2.1/os-hosts${query}`)).body.hosts;
  assert.deepEqual(await list(), [
    { host_name: 'east-1', service: 'conductor', zone: 'internal' },
    { host_name: 'east-1', service: 'scheduler', zone: 'internal' },
    { host_name: 'east-1', service: 'compute', zone: 'east' },
    { host_name: 'west-1', service: 'compute', zone: 'west' },
  ]);
  assert.deepEqual(await list('?zone=west&colour=blue'), [
    { host_name: 'west-1', service: 'compute', zone: 'west' },
  ]);
  await cloud.admin.put('/v2.1/os-hosts/west-1', { status: 'disable' });
  assert.deepEqual(await list('?zone=west'), []);
});

test('a host shows what it has and what each project takes of it', async () => {
  await using cloud = await startTestCloud({ hosts });
  await makeServer(cloud, { availability_zone: 'west' });
  await makeServer(cloud, { availability_zone: 'west' });
  const { body } = await cloud.demo.get('/v2.1/flavors/detail');
  const nano = body.flavors.find(({ name }: { name: string }) => name === 'm1.nano');
  const shown = await cloud.admin.get('/v2.1/os-hosts/west-1');
  const used = { cpu: 2 * nano.vcpus, memory_mb: 2 * nano.ram, disk_gb: 2 * nano.disk };
  const host = 'west-1';
  assert.deepEqual(
    shown.body.host.map(({ resource }: { resource: object }) => resource),
    [
      { host, project: '(total)', cpu: 4, memory_mb: 2048, disk_gb: 20 },
      { host, project: '(used_now)', ...used },
      { host, project: '(used_max)', ...used },
      { host, project: cloud.demo.projectId, ...used },
    ],
  );
});

test('a host is taken out of use and back; it has no maintenance and no power switch', async () => {
  await using cloud = await startTestCloud({ hosts: hosts.slice(0, 1) });
  const put = (body: object, host = 'east-1') => cloud.admin.put(`/v2.1/os-hosts/${host}`, body);
  assert.deepEqual((await put({ status: 'Disable' })).body, { host: 'east-1', status: 'disabled' });
  assert.equal(await statusOf(cloud.demo, await makeServer(cloud)), 'ERROR');
  const both = { status: 'enable', maintenance_mode: 'disable' };
  assert.deepEqual((await put(both)).body, {
    host: 'east-1',
    status: 'enabled',
    maintenance_mode: 'off_maintenance',
  });
  assert.equal(await statusOf(cloud.demo, await makeServer(cloud)), 'ACTIVE');
  assert.equal((await put({ maintenance_mode: 'enable' })).status, 501);
  for (const body of [{}, { status: 'off' }, { status: null }, { colour: 'blue' }]) {
    assert.equal((await put(body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await put(both, 'north-1')).status, 404);
  for (const action of ['startup', 'shutdown', 'reboot']) {
    assert.equal((await cloud.admin.get(`/v2.1/os-hosts/east-1/${action}`)).status, 501);
    assert.equal((await cloud.admin.get(`/v2.1/os-hosts/north-1/${action}`)).status, 404);
  }
});

test('hosts are gone since 2.43, and for administrators before', async () => {
  await using cloud = await startTestCloud({ hosts });
  const reader = await cloud.userOf('demo', 'reader');
  for (const path of ['', '/east-1', '/east-1/reboot']) {
    const url = `/v2.1/os-hosts${path}`;
    assert.equal((await cloud.admin.get(url, at('2.43'))).status, 404, path);
    assert.equal((await cloud.demo.get(url, at('2.42'))).status, 403, path);
    assert.equal((await reader.get(url, at('2.42'))).status, 403, path);
    assert.equal((await cloud.nobody.get(url)).status, 401, path);
  }
  assert.equal((await cloud.admin.get('/v2.1/os-hosts', at('2.42'))).status, 200);
  assert.equal((await cloud.admin.get('/v2.1/os-hosts/north-1')).status, 404);
  assert.equal((await cloud.admin.get('/v2/os-hosts')).status, 200);
});
