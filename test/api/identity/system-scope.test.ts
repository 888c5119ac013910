import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentityCloud, made, rescoped, startIdentity } from './identity-cloud.ts';

const system = { system: { all: true } };

async function roleId(cloud: IdentityCloud, name: string): Promise<string> {
  return (await cloud.admin.get(`/v3/roles?name=${name}`)).body.roles[0].id;
}

async function showToken(cloud: IdentityCloud, token: string | undefined) {
  const subject = { 'x-subject-token': token ?? '' };
  return (await cloud.admin.get('/v3/auth/tokens', subject)).body.token;
}

test('who gives roles in a domain gives none on the system, and changes no domain', async () => {
  await using cloud = await startIdentity();
  const guard = await cloud.userWith('secu_admin', 'guard');
  const reader = await roleId(cloud, 'reader');
  const place = (target: string) => `/v3/${target}/users/${guard.userId}/roles/${reader}`;
  assert.equal((await guard.put(place('system'))).status, 403);
  assert.equal((await guard.put(place(`projects/${cloud.demoProjectId}`))).status, 204);
  const disabled = { project: { enabled: false } };
  assert.equal((await guard.patch('/v3/projects/default', disabled)).status, 404);
  assert.equal((await guard.delete('/v3/projects/default')).status, 404);
  const domain = { project: { name: 'mine', is_domain: true } };
  assert.equal((await guard.post('/v3/projects', domain)).status, 403);
});

test('a token for the system says so, and has the roles that were given there', async () => {
  await using cloud = await startIdentity();
  const token = (await rescoped(cloud.admin, system))?.token;
  const shown = await showToken(cloud, token);
  assert.deepEqual(shown.system, { all: true });
  assert.equal(shown.project, undefined);
  assert.deepEqual(
    shown.roles.map((role: { name: string }) => role.name),
    ['admin', 'manager', 'member', 'reader'],
  );
  const identity = shown.catalog.find((one: { type: string }) => one.type === 'identity');
  assert.equal(identity.endpoints.length, 3);
});

test('the system is for those only who have a role there, also through a group', async () => {
  await using cloud = await startIdentity();
  assert.equal(await rescoped(cloud.demo, system), undefined);
  assert.deepEqual((await cloud.demo.get('/v3/auth/system')).body.system, []);
  const groupId = await made(cloud.admin, 'groups', { name: 'auditors' });
  const grant = `/v3/system/groups/${groupId}/roles/${await roleId(cloud, 'reader')}`;
  assert.equal((await cloud.admin.get(grant)).status, 404);
  assert.equal((await cloud.admin.put(grant)).status, 204);
  assert.equal((await cloud.admin.get(grant)).status, 204);
  const listed = await cloud.admin.get(`/v3/system/groups/${groupId}/roles`);
  assert.equal(listed.body.roles[0].name, 'reader');
  const membership = `/v3/groups/${groupId}/users/${cloud.demo.userId}`;
  await cloud.admin.put(membership);
  assert.deepEqual((await cloud.demo.get('/v3/auth/system')).body.system, [{ all: true }]);
  const auditor = await rescoped(cloud.demo, system);
  assert.ok(auditor);
  assert.equal((await auditor.get('/v3/auth/catalog')).status, 200);
  // A role on the system is one on no project.
  assert.equal((await auditor.post('/v3/projects', { project: { name: 'x' } })).status, 403);
  await cloud.admin.delete(membership);
  assert.equal((await auditor.get('/v3/auth/system')).status, 401);
});

test('a role taken away on the system is gone from living tokens at once', async () => {
  await using cloud = await startIdentity();
  const { userId } = cloud.demo;
  const admin = await roleId(cloud, 'admin');
  const grant = `/v3/system/users/${userId}/roles/${admin}`;
  assert.equal((await cloud.admin.put(grant)).status, 204);
  const demo = await rescoped(cloud.demo, system);
  assert.ok(demo);
  assert.equal((await demo.get('/v3/users')).status, 200);
  assert.equal((await cloud.admin.delete(grant)).status, 204);
  assert.equal((await demo.get('/v3/users')).status, 401);
  assert.equal((await cloud.admin.delete(grant)).status, 404);
});

test('roles on the system are listed as such, with those that they imply', async () => {
  await using cloud = await startIdentity();
  const query = `?user.id=${cloud.admin.userId}&scope.system=all`;
  const given = (await cloud.admin.get(`/v3/role_assignments${query}`)).body.role_assignments;
  const admin = await roleId(cloud, 'admin');
  const path = `/v3/system/users/${cloud.admin.userId}/roles/${admin}`;
  assert.deepEqual(given, [
    {
      user: { id: cloud.admin.userId },
      role: { id: admin },
      scope: { system: { all: true } },
      links: { assignment: cloud.url + path },
    },
  ]);
  const effective = await cloud.admin.get(`/v3/role_assignments${query}&effective`);
  assert.equal(effective.body.role_assignments.length, 4);
  const asProject = await cloud.admin.get('/v3/role_assignments?scope.project.id=system');
  assert.deepEqual(asProject.body.role_assignments, []);
});

test('roles on the system go with the role, the user and the group', async () => {
  await using cloud = await startIdentity();
  const count = async () => {
    const answer = await cloud.admin.get('/v3/role_assignments?scope.system=all');
    return answer.body.role_assignments.length;
  };
  const groupId = await made(cloud.admin, 'groups', { name: 'crew' });
  const role = await made(cloud.admin, 'roles', { name: 'watcher' });
  const reader = await roleId(cloud, 'reader');
  await cloud.admin.put(`/v3/system/groups/${groupId}/roles/${reader}`);
  await cloud.admin.put(`/v3/system/users/${cloud.demo.userId}/roles/${role}`);
  assert.equal(await count(), 3);
  await cloud.admin.delete(`/v3/roles/${role}`);
  assert.equal(await count(), 2);
  await cloud.admin.delete(`/v3/groups/${groupId}`);
  assert.equal(await count(), 1);
});
