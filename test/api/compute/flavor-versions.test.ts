import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const names = (body: { flavors: { name: string }[] }) => body.flavors.map(({ name }) => name);

test('a flavor loses its two idle fields in 2.102, wherever it is shown', async () => {
  await using cloud = await startTestCloud();
  const { admin } = cloud;
  const shown = async (version: string) => {
    const one = await admin.get('/v2.1/flavors/1', at(version));
    const list = await admin.get('/v2.1/flavors/detail', at(version));
    assert.deepEqual(list.body.flavors[0], one.body.flavor);
    return Object.keys(one.body.flavor);
  };
  const idle = ['OS-FLV-DISABLED:disabled', 'rxtx_factor'];
  const before = await shown('2.101');
  const after = await shown('2.102');
  assert.deepEqual(before.filter((name) => !after.includes(name)).sort(), idle);
  assert.deepEqual(
    after.filter((name) => !before.includes(name)),
    [],
  );
});

test('a flavor is not made with a rxtx_factor since 2.102', async () => {
  await using cloud = await startTestCloud();
  const { admin } = cloud;
  const make = (name: string, version: string) => {
    const flavor = { name, ram: 64, vcpus: 1, disk: 0, rxtx_factor: '2.0' };
    return admin.post('/v2.1/flavors', { flavor }, at(version));
  };
  const made = await make('last', '2.101');
  assert.equal(made.body.flavor.rxtx_factor, 2);
  assert.equal((await make('late', '2.102')).status, 400);
});

test('flavors are found by their names since 2.102', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  for (const name of ['ci.m1.small', 'odd_one', 'oddXone']) {
    await admin.post('/v2.1/flavors', { flavor: { name, ram: 64, vcpus: 1, disk: 0 } });
  }
  const find = async (name: string, version = '2.102') => {
    const path = `/v2.1/flavors?sort_key=name&name=${encodeURIComponent(name)}`;
    const { status, body } = await demo.get(path, at(version));
    assert.equal(status, 200, name);
    return names(body);
  };
  assert.deepEqual(await find('small'), ['ci.m1.small', 'm1.small']);
  assert.deepEqual(await find('^m1.s'), ['m1.small']);
  assert.deepEqual(await find('^m1.*l$'), ['m1.small']);
  assert.deepEqual(await find('^(m1|ci)\\..*small$'), ['ci.m1.small', 'm1.small']);
  assert.deepEqual(await find('odd_one'), ['odd_one']);
  assert.deepEqual(await find('%'), []);
  assert.deepEqual(await find('(a+)+$'), []);
  const broken = await demo.get('/v2.1/flavors?name=(', at('2.102'));
  assert.equal(broken.status, 400);
  const page = await demo.get('/v2.1/flavors?name=m1&limit=2', at('2.102'));
  assert.equal(page.body.flavors.length, 2);
  assert.match(page.body.flavors_links[0].href, /name=m1/);
  assert.equal((await find('small', '2.74')).length, 9, 'before, it is ignored');
});

test('unknown parameters are refused: by lists since 2.75, by the rest since 2.102', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const ask = async (path: string, version: string) =>
    (await demo.get(`/v2.1/flavors${path}?camel=1`, at(version))).status;
  for (const path of ['', '/detail']) {
    assert.equal(await ask(path, '2.74'), 200, path);
    assert.equal(await ask(path, '2.75'), 400, path);
  }
  for (const path of ['/1', '/1/os-extra_specs']) {
    assert.equal(await ask(path, '2.101'), 200, path);
    assert.equal(await ask(path, '2.102'), 400, path);
  }
  assert.equal((await demo.get('/v2/flavors?camel=1')).status, 200);
  const early = await demo.get('/v2.1/flavors?name=m1', at('2.101'));
  assert.equal(early.status, 400, 'a parameter that comes later is unknown');
  const sorted = (version: string) => demo.get('/v2.1/flavors?sort_key=rxtx_factor', at(version));
  assert.equal((await sorted('2.101')).status, 200);
  assert.equal((await sorted('2.102')).status, 400);
});

test('extra specs that Nova knows are checked since 2.86', async () => {
  await using cloud = await startTestCloud();
  const { admin } = cloud;
  const set = async (key: string, value: string, version = '2.86') => {
    const path = '/v2.1/flavors/1/os-extra_specs';
    const all = await admin.post(path, { extra_specs: { [key]: value } }, at(version));
    const one = await admin.put(`${path}/${key}`, { [key]: value }, at(version));
    assert.equal(one.status, all.status, key);
    return all;
  };
  const good = [
    ['hw:cpu_policy', 'dedicated'],
    ['hw:numa_nodes', '2'],
    ['hw:numa_cpus.0', '0-3,^2'],
    ['hw:mem_page_size', '2MB'],
    ['hw:pmu', 'True'],
    ['quota:disk_read_iops_sec', '500'],
    ['resources:VCPU', '2'],
    ['resources_NIC1:CUSTOM_GOLD', '1'],
    ['trait:HW_CPU_X86_AVX2', 'required'],
    ['capabilities:cpu_info:features', '<in> aes'],
    ['pci_passthrough:alias', 'gpu:1, nic:2'],
    ['ecs:performancetype', 'anything goes where the operator rules'],
    ['colour', 'blue'],
  ] as const;
  for (const [key, value] of good) assert.equal((await set(key, value)).status, 200, key);
  const bad = [
    ['hw:cpu_policy', 'wild'],
    ['hw:cpu_polic', 'dedicated'],
    ['hw:numa_nodes', '0'],
    ['hw:numa_nodes', 'two'],
    ['hw:numa_cpus.0', '0-'],
    ['hw:pmu', 'perhaps'],
    ['resources:CAMELS', '1'],
    ['trait:HW_CPU_X86_AVX2', 'perhaps'],
    ['quota:cpu_quota', '-1'],
  ] as const;
  for (const [key, value] of bad) {
    assert.equal((await set(key, value)).status, 400, key);
    assert.equal((await set(key, value, '2.85')).status, 200, `${key} in 2.85`);
  }
  const unknown = await set('hw:camels', '1');
  assert.match(unknown.body.badRequest.message, /'hw:camels' does not appear to be a valid/);
});
