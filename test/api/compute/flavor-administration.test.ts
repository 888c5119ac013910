import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const names = (body: { flavors: { name: string }[] }) => body.flavors.map(({ name }) => name);

function makeFlavor(client: Client, fields: object, version = '2.1') {
  const flavor = { name: 'big', ram: 4096, vcpus: 2, disk: 10, ...fields };
  return client.post('/v2.1/flavors', { flavor }, at(version));
}

test('extra specs refuse other keys, other values and other people', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  const path = '/v2.1/flavors/1/os-extra_specs';
  const wrong = [{ 'no/slash': '1' }, { a: 'x'.repeat(256) }, { a: null }, { a: {} }];
  for (const specs of wrong) {
    assert.equal((await admin.post(path, { extra_specs: specs })).status, 400);
  }
  assert.equal((await admin.put(`${path}/a`, { b: '1' })).status, 400);
  assert.equal((await admin.put(`${path}/a`, { a: '1', b: '1' })).status, 400);
  assert.equal((await demo.post(path, { extra_specs: { a: '1' } })).status, 403);
  assert.equal((await demo.delete(`${path}/a`)).status, 403);
  const absent = '/v2.1/flavors/none/os-extra_specs';
  assert.equal((await admin.post(absent, { extra_specs: { a: '1' } })).status, 404);
  assert.equal((await demo.get('/v2.1/flavors/1/os-extra_specs/constructor')).status, 404);
});

test('a private flavor exists only for administrators and projects that were let in', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  await makeFlavor(admin, { id: 'secret', name: 'secret', 'os-flavor-access:is_public': false });
  assert.equal((await demo.get('/v2.1/flavors/secret')).status, 404);
  assert.equal((await demo.get('/v2.1/flavors/secret/os-extra_specs')).status, 404);
  assert.ok(!names((await demo.get('/v2.1/flavors?is_public=none')).body).includes('secret'));
  assert.equal((await demo.get('/v2.1/flavors?marker=secret')).status, 400);
  assert.deepEqual(names((await admin.get('/v2.1/flavors?is_public=false')).body), ['secret']);
  assert.ok(names((await admin.get('/v2.1/flavors?is_public=None')).body).includes('secret'));
  assert.equal((await admin.get('/v2.1/flavors?is_public=perhaps')).status, 400);

  const action = '/v2.1/flavors/secret/action';
  const granted = await admin.post(action, { addTenantAccess: { tenant: demo.projectId } });
  assert.equal(granted.status, 200);
  const access = { flavor_access: [{ flavor_id: 'secret', tenant_id: demo.projectId }] };
  assert.deepEqual(granted.body, access);
  assert.deepEqual((await admin.get('/v2.1/flavors/secret/os-flavor-access')).body, access);
  assert.equal((await demo.get('/v2.1/flavors/secret')).status, 200);
  assert.ok(names((await demo.get('/v2.1/flavors')).body).includes('secret'));
  const again = await admin.post(action, { addTenantAccess: { tenant: demo.projectId } });
  assert.equal(again.status, 409);

  const revoked = await admin.post(action, { removeTenantAccess: { tenant: demo.projectId } });
  assert.deepEqual(revoked.body, { flavor_access: [] });
  assert.equal((await demo.get('/v2.1/flavors/secret')).status, 404);
  const twice = await admin.post(action, { removeTenantAccess: { tenant: demo.projectId } });
  assert.equal(twice.status, 404);
});

test('public flavors have no access list', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  assert.equal((await admin.get('/v2.1/flavors/1/os-flavor-access')).status, 404);
  const tenant = demo.projectId;
  const action = { addTenantAccess: { tenant } };
  const grant = (version: string) => admin.post('/v2.1/flavors/1/action', action, at(version));
  const needless = await grant('2.6');
  assert.deepEqual(needless.body, { flavor_access: [{ flavor_id: '1', tenant_id: tenant }] });
  assert.equal((await grant('2.6')).status, 409);
  const refused = await grant('2.7');
  assert.equal(refused.status, 409);
  const { message } = refused.body.conflictingRequest;
  assert.equal(message, 'Can not add access to a public flavor.');
  assert.equal((await demo.post('/v2.1/flavors/1/action', action)).status, 403);
  const unknown = { addTenantAccess: { tenant: 'p' } };
  for (const version of ['2.1', '2.7']) {
    const nobody = await admin.post('/v2.1/flavors/1/action', unknown, at(version));
    assert.equal(nobody.status, 400);
    assert.equal(nobody.body.badRequest.message, 'Project ID p is not a valid project.');
  }
  assert.equal((await demo.get('/v2.1/flavors/1/os-flavor-access')).status, 403);
});

test('readers read flavors and nobody reads none', async () => {
  await using cloud = await startTestCloud();
  const reader = await cloud.userOf('demo', 'reader');
  for (const path of ['/flavors', '/flavors/detail', '/flavors/1', '/flavors/1/os-extra_specs']) {
    assert.equal((await reader.get(`/v2.1${path}`)).status, 200, path);
    assert.equal((await cloud.nobody.get(`/v2.1${path}`)).status, 401, path);
  }
});

test('a flavor in use may go; its servers keep what it was', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  const made = await makeFlavor(admin, { name: 'brief', ram: 128, vcpus: 1, disk: 1 });
  const { id } = made.body.flavor;
  const server = await makeServer(cloud, { flavorRef: id });
  assert.equal((await admin.delete(`/v2.1/flavors/${id}`)).status, 202);
  const { flavor } = (await demo.get(`/v2.1/servers/${server}`, at('2.47'))).body.server;
  assert.equal(flavor.original_name, 'brief');
  assert.equal(flavor.ram, 128);
  const action = `/v2.1/servers/${server}/action`;
  assert.equal((await demo.post(action, { reboot: { type: 'HARD' } })).status, 202);
  await cloud.cloud.services.operations.whenIdle();
});
