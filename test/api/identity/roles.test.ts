import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn } from '#test/client.ts';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

async function roleId(cloud: IdentityCloud, name: string): Promise<string> {
  return (await cloud.admin.get(`/v3/roles?name=${name}`)).body.roles[0].id;
}

test('a role is created, shown, listed, changed and deleted', async () => {
  await using cloud = await startIdentity();
  const created = await cloud.admin.post('/v3/roles', { role: { name: 'operator' } });
  assert.equal(created.status, 201);
  const { role } = created.body;
  assert.equal(role.domain_id, null);
  const path = `/v3/roles/${role.id}`;
  assert.deepEqual((await cloud.admin.get(path)).body.role, role);
  const changed = await cloud.admin.patch(path, { role: { description: 'd' } });
  assert.equal(changed.body.role.description, 'd');
  const names = (await cloud.admin.get('/v3/roles')).body.roles.map(
    (r: { name: string }) => r.name,
  );
  for (const name of ['admin', 'manager', 'member', 'operator', 'reader']) {
    assert.ok(names.includes(name), name);
  }
  assert.equal((await cloud.admin.post('/v3/roles', { role: { name: 'operator' } })).status, 409);
  assert.equal((await cloud.admin.delete(path)).status, 204);
  assert.equal((await cloud.admin.get(path)).status, 404);
});

test('the built-in roles are immutable', async () => {
  await using cloud = await startIdentity();
  const path = `/v3/roles/${await roleId(cloud, 'member')}`;
  assert.equal((await cloud.admin.delete(path)).status, 403);
  assert.equal((await cloud.admin.patch(path, { role: { name: 'x' } })).status, 403);
});

test('roles of a domain are listed for the domain only', async () => {
  await using cloud = await startIdentity();
  await made(cloud.admin, 'roles', { name: 'own', domain_id: 'default' });
  const names = async (query: string) =>
    (await cloud.admin.get(`/v3/roles${query}`)).body.roles.map((r: { name: string }) => r.name);
  assert.deepEqual(await names('?domain_id=default'), ['own']);
  assert.deepEqual(await names('?name=own'), []);
});

test('a role implies others, never itself', async () => {
  await using cloud = await startIdentity();
  const operator = await made(cloud.admin, 'roles', { name: 'operator' });
  const reader = await roleId(cloud, 'reader');
  const path = `/v3/roles/${operator}/implies`;
  assert.equal((await cloud.admin.get(`${path}/${reader}`)).status, 404);
  const implied = await cloud.admin.put(`${path}/${reader}`);
  assert.equal(implied.status, 201);
  assert.equal(implied.body.role_inference.prior_role.name, 'operator');
  assert.equal((await cloud.admin.get(`${path}/${reader}`)).status, 200);
  assert.equal((await cloud.admin.request('HEAD', `${path}/${reader}`)).status, 200);
  const listed = (await cloud.admin.get(path)).body.role_inference;
  assert.equal(listed.implies[0].name, 'reader');
  assert.equal((await cloud.admin.get('/v3/role_inferences')).body.role_inferences.length, 4);
  const back = `/v3/roles/${reader}/implies/${operator}`;
  assert.equal((await cloud.admin.put(back)).status, 400);
  assert.equal((await cloud.admin.put(`${path}/${operator}`)).status, 400);
  assert.equal((await cloud.admin.put(`${path}/unknown`)).status, 404);
  assert.equal((await cloud.admin.delete(`${path}/${reader}`)).status, 204);
  assert.equal((await cloud.admin.delete(`${path}/${reader}`)).status, 404);
});

test('roles are granted, checked, listed and revoked, to users and groups alike', async () => {
  await using cloud = await startIdentity();
  const domainId = await made(cloud.admin, 'domains', { name: 'lab' });
  const actors = {
    users: await made(cloud.admin, 'users', { name: 'ann' }),
    groups: await made(cloud.admin, 'groups', { name: 'crew' }),
  };
  const role = await roleId(cloud, 'reader');
  const targets = [`projects/${cloud.demoProjectId}`, `domains/${domainId}`];
  for (const target of targets) {
    for (const [kind, actor] of Object.entries(actors)) {
      for (const [before, after] of [
        ['/v3', ''],
        ['/v3/OS-INHERIT', '/inherited_to_projects'],
      ]) {
        const list = `${before}/${target}/${kind}/${actor}/roles`;
        const one = `${list}/${role}${after}`;
        assert.equal((await cloud.admin.get(one)).status, 404, one);
        assert.equal((await cloud.admin.put(one)).status, 204, one);
        assert.equal((await cloud.admin.put(one)).status, 204, one);
        assert.equal((await cloud.admin.request('HEAD', one)).status, 204, one);
        const roles = (await cloud.admin.get(list + after)).body.roles;
        assert.deepEqual(
          roles.map((granted: { name: string }) => granted.name),
          ['reader'],
        );
        assert.equal((await cloud.admin.delete(one)).status, 204, one);
        assert.equal((await cloud.admin.delete(one)).status, 404, one);
      }
    }
  }
});

test('a grant of or to what does not exist is refused', async () => {
  await using cloud = await startIdentity();
  const role = await roleId(cloud, 'reader');
  const { userId } = cloud.demo;
  const paths = [
    `projects/unknown/users/${userId}/roles/${role}`,
    `projects/default/users/${userId}/roles/${role}`,
    `projects/${cloud.demoProjectId}/users/unknown/roles/${role}`,
    `projects/${cloud.demoProjectId}/groups/${userId}/roles/${role}`,
    `projects/${cloud.demoProjectId}/users/${userId}/roles/unknown`,
    `domains/${cloud.demoProjectId}/users/${userId}/roles/${role}`,
  ];
  for (const path of paths) assert.equal((await cloud.admin.put(`/v3/${path}`)).status, 404, path);
});

test('a role that somebody made grants nothing, also when it is called Admin', async () => {
  await using cloud = await startIdentity();
  const role = await made(cloud.admin, 'roles', { name: 'Admin' });
  const user = await made(cloud.admin, 'users', { name: 'climber', password: 'secret' });
  const project = await made(cloud.admin, 'projects', { name: 'ladder' });
  await cloud.admin.put(`/v3/projects/${project}/users/${user}/roles/${role}`);
  const climber = await logIn(cloud.url, 'climber', 'secret', 'ladder');
  assert.equal((await climber.get('/v3/users')).status, 403);
  assert.equal((await climber.get('/v3/roles')).status, 403);
});

test('a role that comes with the cloud is nobody’s to change', async () => {
  await using cloud = await startIdentity();
  const path = `/v3/roles/${await roleId(cloud, 'reader')}`;
  const loosened = await cloud.admin.patch(path, { role: { options: { immutable: false } } });
  assert.equal(loosened.status, 403);
  assert.equal((await cloud.admin.delete(path)).status, 403);
});
