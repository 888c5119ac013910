import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';

/** One call of every service, asked twice so that it may be answered from what was kept. */
const calls = [
  '/v2.1/servers',
  '/v2.1/servers/detail',
  '/v2/flavors',
  '/image/v2/images',
  '/network/v2.0/networks',
  '/v3/auth/projects',
];

async function statuses(client: Client): Promise<number[]> {
  for (const path of calls) await client.get(path);
  const answers = await Promise.all(calls.map((path) => client.get(path)));
  return answers.map(({ status }) => status);
}

const all = (status: number) => calls.map(() => status);

async function demoId(cloud: TestCloud): Promise<string> {
  return (await cloud.admin.get('/v3/users?name=demo')).body.users[0].id;
}

test('a token does not outlive its password, in any service', async () => {
  await using cloud = await startTestCloud();
  assert.deepEqual(await statuses(cloud.demo), all(200));
  const user = { original_password: cloud.cloud.passwords.demo, password: 'another' };
  const path = `/v3/users/${await demoId(cloud)}/password`;
  assert.equal((await cloud.nobody.post(path, { user })).status, 204);
  assert.deepEqual(await statuses(cloud.demo), all(401));
});

test('nor its user being disabled', async () => {
  await using cloud = await startTestCloud();
  assert.deepEqual(await statuses(cloud.demo), all(200));
  const path = `/v3/users/${await demoId(cloud)}`;
  await cloud.admin.patch(path, { user: { enabled: false } });
  assert.deepEqual(await statuses(cloud.demo), all(401));
});

test('nor its project or the domain of that being disabled', async () => {
  await using cloud = await startTestCloud();
  const member = await cloud.userOf('lab', 'member');
  assert.deepEqual(await statuses(member), all(200));
  const lab = (await cloud.admin.get('/v3/projects?name=lab')).body.projects[0].id;
  await cloud.admin.patch(`/v3/projects/${lab}`, { project: { enabled: false } });
  assert.deepEqual(await statuses(member), all(401));
});

test('a role that is removed while a token lives is gone, in any service', async () => {
  await using cloud = await startTestCloud();
  const userId = await demoId(cloud);
  const project = (await cloud.admin.get('/v3/projects?name=demo')).body.projects[0].id;
  const roles = (await cloud.admin.get('/v3/roles')).body.roles as { id: string; name: string }[];
  const roleOf = (name: string) => roles.find((role) => role.name === name)?.id ?? '';
  const grant = (name: string) => `/v3/projects/${project}/users/${userId}/roles/${roleOf(name)}`;
  await cloud.admin.put(grant('reader'));
  const network = { network: { name: 'mine' } };
  assert.equal((await cloud.demo.post('/network/v2.0/networks', network)).status, 201);
  await cloud.admin.delete(grant('member'));
  assert.equal((await cloud.demo.post('/network/v2.0/networks', network)).status, 403);
  assert.deepEqual(await statuses(cloud.demo), all(200));
  await cloud.admin.delete(grant('reader'));
  assert.deepEqual(await statuses(cloud.demo), all(401));
});

test('identity headers from outside are ignored, in any service', async () => {
  await using cloud = await startTestCloud();
  const admin = (await cloud.admin.get('/v3/users?name=admin')).body.users[0].id;
  const forged = {
    'x-identity-status': 'Confirmed',
    'x-roles': 'admin',
    'x-role': 'admin',
    'x-user-id': admin,
    'x-user-name': 'admin',
    'x-project-id': 'admin',
    'x-tenant-id': 'admin',
    'x-is-admin-project': 'True',
    'x-service-roles': 'admin',
    'openstack-system-scope': 'all',
  };
  for (const path of calls) {
    assert.equal((await cloud.nobody.get(path, forged)).status, 401, path);
  }
  assert.equal((await cloud.demo.get('/v3/users', forged)).status, 403);
  assert.equal((await cloud.demo.get('/v2.1/os-hypervisors', forged)).status, 403);
  assert.equal((await cloud.demo.get('/v2.1/servers?all_tenants=1', forged)).status, 403);
});
