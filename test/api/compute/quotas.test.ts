import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, serverBody } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const quota = { instances: 10, cores: 20, memoryMib: 51_200 };
const classPath = '/v2.1/os-quota-class-sets/default';
const quotaPath = (client: Client) => `/v2.1/os-quota-sets/${client.projectId}`;

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

test('the default class is what projects have where nothing else was set', async () => {
  await using cloud = await startTestCloud({ quota });
  const { admin, demo } = cloud;
  await admin.put(quotaPath(admin), { quota_set: { cores: 7 } });
  const changed = await admin.put(classPath, { quota_class_set: { cores: '9', instances: 1 } });
  assert.equal(changed.status, 200);
  assert.equal('id' in changed.body.quota_class_set, false);
  assert.equal(changed.body.quota_class_set.cores, 9);
  const shown = await admin.get(classPath, at('2.57'));
  assert.equal(shown.body.quota_class_set.id, 'default');
  assert.equal(shown.body.quota_class_set.instances, 1);
  assert.equal((await demo.get(quotaPath(demo))).body.quota_set.cores, 9);
  assert.equal((await demo.get(`${quotaPath(demo)}/defaults`)).body.quota_set.cores, 9);
  assert.equal((await admin.get(quotaPath(admin))).body.quota_set.cores, 7);
  await makeServer(cloud);
  const second = await demo.post('/v2.1/servers', await serverBody(demo));
  assert.equal(second.status, 403);
  assert.equal(
    second.body.forbidden.message,
    'Quota exceeded for instances: Requested 1, but already used 1 of 1 instances',
  );
});

test('other classes are kept and bind nobody', async () => {
  await using cloud = await startTestCloud({ quota });
  const { admin, demo } = cloud;
  const path = '/v2.1/os-quota-class-sets/gold';
  assert.equal((await admin.get(path)).body.quota_class_set.cores, 20);
  await admin.put(path, { quota_class_set: { cores: 99 } });
  assert.equal((await admin.get(path)).body.quota_class_set.cores, 99);
  assert.equal((await demo.get(quotaPath(demo))).body.quota_set.cores, 20);
});

test('a class has the members of its version and is for administrators', async () => {
  await using cloud = await startTestCloud({ quota });
  const { admin, demo } = cloud;
  const put = (change: object, version: string) =>
    admin.put(classPath, { quota_class_set: change }, at(version));
  assert.equal((await put({ fixed_ips: 3 }, '2.49')).body.quota_class_set.fixed_ips, 3);
  assert.equal((await put({ fixed_ips: 3 }, '2.50')).status, 400);
  assert.equal((await put({ injected_files: 3 }, '2.56')).status, 200);
  assert.equal((await put({ injected_files: 3 }, '2.57')).status, 400);
  assert.equal('server_groups' in (await put({}, '2.49')).body.quota_class_set, false);
  assert.equal((await put({ server_groups: 3 }, '2.50')).body.quota_class_set.server_groups, 3);
  for (const change of [{ cores: -2 }, { cores: null }, { camels: 1 }, { cores: 2 ** 31 }]) {
    assert.equal((await put(change, '2.50')).status, 400, JSON.stringify(change));
  }
  assert.equal((await admin.put(classPath, {})).status, 400);
  const long = `/v2.1/os-quota-class-sets/${'x'.repeat(256)}`;
  assert.equal((await admin.put(long, { quota_class_set: {} })).status, 400);
  assert.equal((await demo.get(classPath)).status, 403);
  assert.equal((await demo.put(classPath, { quota_class_set: {} })).status, 403);
  assert.equal((await cloud.nobody.get(classPath)).status, 401);
});

test("a user's share is set, shown, enforced and taken back", async () => {
  await using cloud = await startTestCloud({ quota });
  const { admin, demo } = cloud;
  const colleague = await cloud.userOf('demo', 'member');
  const share = `${quotaPath(demo)}?user_id=${demo.userId}`;
  await makeServer(cloud);
  const set = await admin.put(share, { quota_set: { instances: 1, force: 'True' } });
  assert.equal(set.status, 200);
  assert.equal(set.body.quota_set.instances, 1);
  assert.equal((await demo.get(share)).body.quota_set.instances, 1);
  assert.equal((await demo.get(share)).body.quota_set.cores, 20);
  assert.equal((await demo.get(quotaPath(demo))).body.quota_set.instances, 10);
  const refused = await demo.post('/v2.1/servers', await serverBody(demo));
  assert.equal(refused.status, 403);
  assert.match(refused.body.forbidden.message, /used 1 of 1 instances/);
  const body = await serverBody(demo);
  assert.equal((await colleague.post('/v2.1/servers', body)).status, 202);
  await idle(cloud);
  const detail = (await demo.get(`${quotaPath(demo)}/detail?user_id=${demo.userId}`)).body;
  assert.deepEqual(detail.quota_set.instances, { limit: 1, in_use: 1, reserved: 0 });
  const whole = (await demo.get(`${quotaPath(demo)}/detail`)).body;
  assert.equal(whole.quota_set.instances.in_use, 2);
  assert.equal((await admin.delete(share)).status, 202);
  assert.equal((await demo.get(share)).body.quota_set.instances, 10);
  assert.equal((await demo.post('/v2.1/servers', body)).status, 202);
  await idle(cloud);
});

test("a user's share stays between what is used and what the project has", async () => {
  await using cloud = await startTestCloud({ quota });
  const { admin, demo } = cloud;
  await makeServer(cloud);
  const share = `${quotaPath(demo)}?user_id=${demo.userId}`;
  const above = await admin.put(share, { quota_set: { instances: 11 } });
  assert.equal(above.status, 400);
  assert.match(above.body.badRequest.message, /11 for instances must be less than or equal to 10/);
  assert.equal((await admin.put(share, { quota_set: { instances: -1 } })).status, 400);
  const below = await admin.put(share, { quota_set: { instances: 0 } });
  assert.match(below.body.badRequest.message, /greater than or equal to already used/);
  const forced = { quota_set: { instances: 11, force: true } };
  assert.equal((await admin.put(share, forced)).status, 200);
  // With the quota of a project those of its users go as well.
  await admin.delete(quotaPath(demo));
  assert.equal((await demo.get(share)).body.quota_set.instances, 10);
});

test('a refused change changes nothing', async () => {
  await using cloud = await startTestCloud({ quota });
  const { admin, demo } = cloud;
  await makeServer(cloud);
  const path = quotaPath(demo);
  assert.equal((await admin.put(path, { quota_set: { ram: 9999, cores: 0 } })).status, 400);
  const { ram, cores } = (await demo.get(path)).body.quota_set;
  assert.deepEqual([ram, cores], [51_200, 20]);
});

test('key pairs are counted by user and bounded by the quota of the project', async () => {
  await using cloud = await startTestCloud({ quota });
  const { admin, demo } = cloud;
  const keys = '/v2.1/os-keypairs';
  await admin.put(quotaPath(demo), { quota_set: { key_pairs: 1 } });
  assert.equal((await demo.post(keys, { keypair: { name: 'one' } })).status, 200);
  const second = await demo.post(keys, { keypair: { name: 'two' } });
  assert.equal(second.status, 403);
  assert.equal(second.body.forbidden.message, 'Quota exceeded, too many key pairs.');
  const colleague = await cloud.userOf('demo', 'member');
  assert.equal((await colleague.post(keys, { keypair: { name: 'one' } })).status, 200);
  assert.equal((await admin.post(keys, { keypair: { name: 'one' } })).status, 200);
});

test('server groups are counted in details and limits', async () => {
  await using cloud = await startTestCloud({ quota });
  const { demo } = cloud;
  const group = { server_group: { name: 'g', policies: ['affinity'] } };
  assert.equal((await demo.post('/v2.1/os-server-groups', group)).status, 200);
  const { body } = await demo.get(`${quotaPath(demo)}/detail`);
  assert.equal(body.quota_set.server_groups.in_use, 1);
  assert.equal((await demo.get('/v2.1/limits')).body.limits.absolute.totalServerGroupsUsed, 1);
});

test('unknown parameters are ignored until 2.74 and refused since 2.75', async () => {
  await using cloud = await startTestCloud({ quota });
  const { demo, admin } = cloud;
  const paths = ['/v2.1/limits', quotaPath(demo), `${quotaPath(demo)}/detail`, '/v2.1/os-keypairs'];
  for (const path of paths) {
    assert.equal((await demo.get(`${path}?camels=1`, at('2.74'))).status, 200, path);
    assert.equal((await demo.get(`${path}?camels=1`, at('2.75'))).status, 400, path);
  }
  assert.equal((await demo.get('/v2.1/limits?reserved=1', at('2.75'))).status, 200);
  const path = `${quotaPath(demo)}?camels=1`;
  assert.equal((await admin.put(path, { quota_set: {} }, at('2.75'))).status, 400);
  assert.equal((await admin.delete(path, at('2.75'))).status, 400);
});

test('a project whose id is longer than any has no quota', async () => {
  await using cloud = await startTestCloud({ quota });
  const path = `/v2.1/os-quota-sets/${'x'.repeat(256)}`;
  assert.equal((await cloud.admin.put(path, { quota_set: { cores: 1 } })).status, 404);
  const longUser = `${quotaPath(cloud.demo)}?user_id=${'x'.repeat(256)}`;
  assert.equal((await cloud.admin.put(longUser, { quota_set: { cores: 1 } })).status, 400);
});

test('endpoints without parameters ignore them until 2.101, then refuse them', async () => {
  await using cloud = await startTestCloud({ quota });
  const { admin, demo } = cloud;
  const server = `/v2.1/servers/${await makeServer(cloud)}`;
  const defaults = `${quotaPath(demo)}/defaults`;
  const ofServer = ['/tags', '/metadata', '/os-server-password'].map((path) => server + path);
  for (const path of [...ofServer, defaults, classPath]) {
    assert.equal((await admin.get(`${path}?camels=1`, at('2.101'))).status, 200, path);
    assert.equal((await admin.get(`${path}?camels=1`, at('2.102'))).status, 400, path);
  }
});
