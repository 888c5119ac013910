import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer, serverBody } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const novaDefaults = { instances: 10, cores: 20, memoryMib: 51_200 };

const oldest = {
  cores: 20,
  fixed_ips: -1,
  floating_ips: -1,
  injected_file_content_bytes: 10_240,
  injected_file_path_bytes: 255,
  injected_files: 5,
  instances: 10,
  key_pairs: 100,
  metadata_items: 128,
  ram: 51_200,
  security_group_rules: -1,
  security_groups: -1,
  server_groups: 10,
  server_group_members: 10,
};
const newest = {
  cores: 20,
  instances: 10,
  key_pairs: 100,
  metadata_items: 128,
  ram: 51_200,
  server_groups: 10,
  server_group_members: 10,
};

test('a quota is shown as each version has it', async () => {
  await using cloud = await startTestCloud({ quota: novaDefaults });
  const { demo } = cloud;
  const id = demo.projectId;
  const path = `/v2.1/${id}/os-quota-sets/${id}`;
  assert.deepEqual((await demo.get(path)).body, { quota_set: { ...oldest, id } });
  assert.deepEqual((await demo.get(path, at('2.57'))).body, { quota_set: { ...newest, id } });
  const middle = await demo.get(path, at('2.36'));
  assert.equal('fixed_ips' in middle.body.quota_set, false);
  assert.equal('injected_files' in middle.body.quota_set, true);
  const defaults = await demo.get(`${path}/defaults`);
  assert.deepEqual(defaults.body, { quota_set: { ...oldest, id } });
  const legacy = await demo.get(`/v2/${id}/os-quota-sets/${id}`);
  assert.deepEqual(legacy.body, { quota_set: { ...oldest, id } });
});

test('the quota class of defaults is shown', async () => {
  await using cloud = await startTestCloud({ quota: novaDefaults });
  const shown = await cloud.admin.get('/v2.1/os-quota-class-sets/default', at('2.57'));
  assert.deepEqual(shown.body, { quota_class_set: { ...newest, id: 'default' } });
  const old = await cloud.admin.get('/v2.1/os-quota-class-sets/default');
  assert.equal('server_groups' in old.body.quota_class_set, false);
});

test('limits are the quota and what is used of it', async () => {
  await using cloud = await startTestCloud({ quota: novaDefaults });
  const shown = await cloud.demo.get('/v2.1/limits', at('2.57'));
  assert.equal(shown.status, 200);
  const absolute = {
    maxServerMeta: 128,
    maxTotalCores: 20,
    maxTotalInstances: 10,
    maxTotalKeypairs: 100,
    maxTotalRAMSize: 51_200,
    maxServerGroups: 10,
    maxServerGroupMembers: 10,
    totalCoresUsed: 0,
    totalInstancesUsed: 0,
    totalRAMUsed: 0,
    totalServerGroupsUsed: 0,
  };
  assert.deepEqual(shown.body, { limits: { rate: [], absolute } });
  const oldestNames = Object.keys((await cloud.demo.get('/v2/limits')).body.limits.absolute);
  assert.equal(oldestNames.length, 19);
  const middle = await cloud.demo.get('/v2.1/limits', at('2.36'));
  assert.equal(Object.keys(middle.body.limits.absolute).length, 14);
});

test('administrators change a quota and take the change back', async () => {
  await using cloud = await startTestCloud({ quota: novaDefaults });
  const { admin, demo } = cloud;
  const path = `/v2.1/os-quota-sets/${demo.projectId}`;
  const change = { quota_set: { cores: 45, instances: '-1', force: 'True' } };
  const changed = await admin.put(path, change, at('2.57'));
  assert.equal(changed.status, 200);
  assert.deepEqual(changed.body, { quota_set: { ...newest, cores: 45, instances: -1 } });
  assert.equal((await demo.get(path)).body.quota_set.cores, 45);
  assert.equal((await demo.get('/v2.1/limits')).body.limits.absolute.maxTotalCores, 45);
  assert.equal((await demo.get(`${path}/defaults`)).body.quota_set.cores, 20);
  assert.equal(
    (await admin.get(`/v2.1/os-quota-sets/${admin.projectId}`)).body.quota_set.cores,
    20,
  );
  assert.equal((await admin.delete(path)).status, 202);
  assert.equal((await demo.get(path)).body.quota_set.cores, 20);
});

test('a change that makes no sense is 400', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  const path = `/v2.1/os-quota-sets/${demo.projectId}`;
  for (const change of [{ cores: -2 }, { cores: 'many' }, { cores: 1.5 }, { camels: 1 }]) {
    const answer = await admin.put(path, { quota_set: change });
    assert.equal(answer.status, 400, JSON.stringify(change));
  }
  const gone = await admin.put(path, { quota_set: { fixed_ips: 1 } }, at('2.36'));
  assert.equal(gone.status, 400);
  assert.equal((await admin.put(path, {})).status, 400);
});

test("another project's quota is not there, and only administrators change one", async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  const foreign = `/v2.1/os-quota-sets/${admin.projectId}`;
  assert.equal((await demo.get(foreign)).status, 404);
  assert.equal((await demo.get(`${foreign}/detail`)).status, 404);
  assert.equal((await demo.get('/v2.1/os-quota-sets/unknown')).status, 404);
  for (const path of ['/os-quota-sets/unknown', '/os-quota-sets/unknown/defaults']) {
    assert.equal((await admin.get(`/v2.1${path}`)).status, 400);
    // As the 2017 reference has it (16.1).
    assert.equal((await admin.get(`/v2${path}`)).body.quota_set.id, 'unknown');
  }
  const change = { quota_set: { cores: 1 } };
  assert.equal((await admin.put('/v2.1/os-quota-sets/unknown', change)).status, 400);
  assert.equal((await admin.delete('/v2.1/os-quota-sets/unknown')).status, 202);
  const own = `/v2.1/os-quota-sets/${demo.projectId}`;
  assert.equal((await demo.put(own, { quota_set: { cores: 99 } })).status, 403);
  assert.equal((await demo.delete(own)).status, 403);
  assert.equal((await demo.get(`/v2.1/limits?tenant_id=${admin.projectId}`)).status, 403);
  assert.equal((await admin.get(`/v2.1/limits?tenant_id=${demo.projectId}`)).status, 200);
});

test('the detailed quota says what is in use', async () => {
  await using cloud = await startTestCloud({ quota: novaDefaults });
  const { demo } = cloud;
  const shown = await demo.get(`/v2.1/os-quota-sets/${demo.projectId}/detail`, at('2.57'));
  assert.equal(shown.status, 200);
  assert.deepEqual(shown.body.quota_set.cores, { limit: 20, in_use: 0, reserved: 0 });
  assert.equal(shown.body.quota_set.id, demo.projectId);
});

test('what live servers take is in use, and a quota goes below it only by force', async () => {
  await using cloud = await startTestCloud({ quota: novaDefaults });
  const { admin, demo } = cloud;
  const serverId = await makeServer(cloud);
  const path = `/v2.1/os-quota-sets/${demo.projectId}`;
  const inUse = async () => {
    const { body } = await demo.get(`${path}/detail`);
    const { instances, cores, ram } = body.quota_set;
    return [instances.in_use, cores.in_use, ram.in_use];
  };
  assert.deepEqual(await inUse(), [1, 1, 192]);
  const { absolute } = (await demo.get('/v2.1/limits')).body.limits;
  assert.equal(absolute.totalRAMUsed, 192);
  const below = await admin.put(path, { quota_set: { ram: 100 } });
  assert.equal(below.status, 400);
  assert.match(below.body.badRequest.message, /Quota limit 100 for ram must be greater/);
  const forced = { quota_set: { ram: 100, force: true } };
  assert.equal((await admin.put(path, forced)).status, 200);
  await demo.delete(`/v2.1/servers/${serverId}`);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(await inUse(), [0, 0, 0]);
});

test('a changed quota binds the next server', async () => {
  await using cloud = await startTestCloud({ quota: novaDefaults });
  const { admin, demo } = cloud;
  const path = `/v2.1/os-quota-sets/${demo.projectId}`;
  await admin.put(path, { quota_set: { instances: 0 } });
  const body = await serverBody(demo);
  const refused = await demo.post('/v2.1/servers', body);
  assert.equal(refused.status, 403);
  assert.match(refused.body.forbidden.message, /Quota exceeded for instances/);
  await admin.delete(path);
  assert.equal((await demo.post('/v2.1/servers', body)).status, 202);
  await cloud.cloud.services.operations.whenIdle();
});

test('readers see quotas and limits, nobody sees none', async () => {
  await using cloud = await startTestCloud();
  const reader = await cloud.userOf('demo', 'reader');
  for (const path of ['/limits', `/os-quota-sets/${reader.projectId}`, '/extensions']) {
    assert.equal((await reader.get(`/v2.1${path}`)).status, 200, path);
    assert.equal((await cloud.nobody.get(`/v2.1${path}`)).status, 401, path);
  }
});

test('extensions are listed and shown by alias', async () => {
  await using cloud = await startTestCloud();
  const list = await cloud.demo.get('/v2.1/extensions');
  const aliases = list.body.extensions.map(({ alias }: { alias: string }) => alias);
  assert.ok(aliases.includes('os-keypairs'));
  const shown = await cloud.demo.get('/v2.1/extensions/os-keypairs');
  assert.equal(shown.body.extension.name, 'Keypairs');
  assert.equal((await cloud.demo.get('/v2.1/extensions/os-camels')).status, 404);
});
