import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

async function roleId(cloud: IdentityCloud, name: string): Promise<string> {
  return (await cloud.admin.get(`/v3/roles?name=${name}`)).body.roles[0].id;
}

async function assignments(cloud: IdentityCloud, query: string) {
  const answer = await cloud.admin.get(`/v3/role_assignments${query}`);
  assert.equal(answer.status, 200, query);
  return answer.body.role_assignments;
}

test('assignments are listed as they were given, with ids or with names', async () => {
  await using cloud = await startIdentity();
  const { userId } = cloud.demo;
  const member = await roleId(cloud, 'member');
  const place = `projects/${cloud.demoProjectId}/users/${userId}/roles/${member}`;
  assert.deepEqual(await assignments(cloud, `?user.id=${userId}`), [
    {
      user: { id: userId },
      role: { id: member },
      scope: { project: { id: cloud.demoProjectId } },
      links: { assignment: `${cloud.url}/v3/${place}` },
    },
  ]);
  const [named] = await assignments(cloud, `?user.id=${userId}&include_names`);
  const domain = { id: 'default', name: 'Default' };
  assert.deepEqual(named.user, { id: userId, name: 'demo', domain });
  assert.deepEqual(named.role, { id: member, name: 'member' });
  assert.deepEqual(named.scope.project, { id: cloud.demoProjectId, name: 'demo', domain });
});

test('filters narrow the list', async () => {
  await using cloud = await startIdentity();
  const count = async (query: string) => (await assignments(cloud, query)).length;
  assert.equal(await count(''), 5);
  assert.equal(await count('?scope.system=all'), 1);
  assert.equal(await count('?scope.domain.id=default'), 1);
  assert.equal(await count(`?scope.project.id=${cloud.demoProjectId}`), 2);
  assert.equal(await count(`?role.id=${await roleId(cloud, 'member')}`), 1);
  assert.equal(await count('?scope.OS-INHERIT:inherited_to=projects'), 0);
  assert.equal(await count('?group.id=none'), 0);
  for (const query of [
    '?user.id=a&group.id=b',
    '?scope.project.id=a&scope.domain.id=b',
    '?effective&group.id=a',
    '?scope.project.id=a&scope.system=all',
    '?include_subtree',
    '?effective&scope.domain.id=a&scope.OS-INHERIT:inherited_to=projects',
    '?scope.OS-INHERIT:inherited_to=domains',
  ]) {
    assert.equal((await cloud.admin.get(`/v3/role_assignments${query}`)).status, 400, query);
  }
});

test('effective assignments resolve groups, inheritance and implied roles', async () => {
  await using cloud = await startIdentity();
  const groupId = await made(cloud.admin, 'groups', { name: 'crew' });
  const userId = await made(cloud.admin, 'users', { name: 'gus', password: 'pw' });
  const member = await roleId(cloud, 'member');
  const above = `domains/default/groups/${groupId}/roles/${member}`;
  await cloud.admin.put(`/v3/OS-INHERIT/${above}/inherited_to_projects`);
  await cloud.admin.put(`/v3/groups/${groupId}/users/${userId}`);
  const query = `?user.id=${userId}&effective=true&include_names=1`;
  const found = await assignments(cloud, query);
  const facts = found.map((one: { role: { name: string }; scope: { project: { name: string } } }) =>
    [one.scope.project.name, one.role.name].join(' '),
  );
  assert.deepEqual(facts.sort(), ['admin member', 'admin reader', 'demo member', 'demo reader']);
  const [first] = found;
  assert.equal(first.links.assignment, `${cloud.url}/v3/OS-INHERIT/${above}/inherited_to_projects`);
  assert.equal(first.links.membership, `${cloud.url}/v3/groups/${groupId}/users/${userId}`);
  const login = await cloud.nobody.post('/v3/auth/tokens', {
    auth: {
      identity: { methods: ['password'], password: { user: { id: userId, password: 'pw' } } },
      scope: { project: { name: 'demo' } },
    },
  });
  assert.deepEqual(
    login.body.token.roles.map((role: { name: string }) => role.name),
    ['member', 'reader'],
  );
  const projects = await cloud.admin.get(`/v3/users/${userId}/projects`);
  assert.equal(projects.body.projects.length, 2);
});

test('a subtree is everything below a project, and what is inherited into it', async () => {
  await using cloud = await startIdentity();
  const top = await made(cloud.admin, 'projects', { name: 'top' });
  const below = await made(cloud.admin, 'projects', { name: 'below', parent_id: top });
  const reader = await roleId(cloud, 'reader');
  const { userId } = cloud.demo;
  await cloud.admin.put(`/v3/projects/${below}/users/${userId}/roles/${reader}`);
  const inherited = `/v3/OS-INHERIT/projects/${top}/users/${userId}/roles/${reader}`;
  await cloud.admin.put(`${inherited}/inherited_to_projects`);
  const count = async (query: string) => (await assignments(cloud, query)).length;
  assert.equal(await count(`?scope.project.id=${top}`), 1);
  assert.equal(await count(`?scope.project.id=${top}&include_subtree`), 2);
  assert.equal(await count(`?scope.project.id=${top}&effective`), 0);
  assert.equal(await count(`?scope.project.id=${top}&effective&include_subtree`), 1);
  const onlyInherited = '&effective&scope.OS-INHERIT:inherited_to=projects';
  await cloud.admin.delete(`/v3/projects/${below}/users/${userId}/roles/${reader}`);
  assert.equal(await count(`?scope.project.id=${below}${onlyInherited}`), 1);
});

test("a domain's own role is given in its domain only, and counts by what it implies", async () => {
  await using cloud = await startIdentity();
  const domainId = await made(cloud.admin, 'domains', { name: 'other' });
  const projectId = await made(cloud.admin, 'projects', { name: 'p', domain_id: domainId });
  const ownRole = await made(cloud.admin, 'roles', { name: 'crew', domain_id: domainId });
  const member = await roleId(cloud, 'member');
  const { userId } = cloud.demo;
  const put = async (place: string) =>
    (await cloud.admin.put(`/v3/${place}/users/${userId}/roles/${ownRole}`)).status;
  assert.equal(await put(`projects/${cloud.demoProjectId}`), 403);
  assert.equal(await put('system'), 400);
  assert.equal(await put(`projects/${projectId}`), 204);
  const imply = async (prior: string, implied: string) =>
    (await cloud.admin.put(`/v3/roles/${prior}/implies/${implied}`)).status;
  assert.equal(await imply(ownRole, member), 201);
  assert.equal(await imply(member, ownRole), 403);
  assert.equal(await imply(ownRole, await roleId(cloud, 'admin')), 403);
  const found = await assignments(cloud, `?scope.project.id=${projectId}&effective&include_names`);
  const names = found.map((one: { role: { name: string } }) => one.role.name);
  assert.deepEqual(names.sort(), ['member', 'reader']);
});

test('only administrators see who may do what', async () => {
  await using cloud = await startIdentity();
  assert.equal((await cloud.demo.get('/v3/role_assignments')).status, 403);
});
