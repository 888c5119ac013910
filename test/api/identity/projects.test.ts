import assert from 'node:assert/strict';
import { test } from 'node:test';
import { made, startIdentity } from './identity-cloud.ts';

test('a project is created below its domain and shown as it was made', async () => {
  await using cloud = await startIdentity();
  const wanted = { name: 'alpha', description: 'first', tags: ['x'], color: 'red' };
  const answer = await cloud.admin.post('/v3/projects', { project: wanted });
  assert.equal(answer.status, 201);
  const { project } = answer.body;
  assert.deepEqual(project, {
    color: 'red',
    id: project.id,
    name: 'alpha',
    domain_id: 'default',
    description: 'first',
    enabled: true,
    parent_id: 'default',
    is_domain: false,
    tags: ['x'],
    options: {},
    links: { self: `${cloud.url}/v3/projects/${project.id}` },
  });
  const shown = await cloud.admin.get(`/v3/projects/${project.id}`);
  assert.deepEqual(shown.body.project, project);
  const checked = await cloud.admin.request('HEAD', `/v3/projects/${project.id}`);
  assert.equal(checked.status, 200);
});

test('administrators list all projects, others their own', async () => {
  await using cloud = await startIdentity();
  await made(cloud.admin, 'projects', { name: 'alpha' });
  const names = async (client: typeof cloud.admin, query = '') =>
    (await client.get(`/v3/projects${query}`)).body.projects.map((p: { name: string }) => p.name);
  assert.deepEqual(await names(cloud.admin), ['admin', 'alpha', 'demo']);
  assert.deepEqual(await names(cloud.demo), ['demo']);
  assert.deepEqual(await names(cloud.demo, '?name=demo'), ['demo']);
  assert.deepEqual(await names(cloud.demo, '?name=alpha'), []);
  assert.deepEqual(await names(cloud.admin, '?parent_id=default&name=alpha'), ['alpha']);
  assert.deepEqual(await names(cloud.admin, '?domain_id=none'), []);
  assert.deepEqual(await names(cloud.admin, '?enabled=0'), []);
  assert.deepEqual(await names(cloud.admin, '?is_domain=true'), ['Default']);
});

test('a body that some clients send with a list does no harm', async () => {
  await using cloud = await startIdentity();
  const type = { 'content-type': 'application/json' };
  const answer = await cloud.demo.get('/v3/projects?name=demo', type);
  assert.equal(answer.body.projects.length, 1);
});

test('one sees the project of one’s token and no other', async () => {
  await using cloud = await startIdentity();
  assert.equal((await cloud.demo.get(`/v3/projects/${cloud.demoProjectId}`)).status, 200);
  assert.equal((await cloud.demo.get(`/v3/projects/${cloud.adminProjectId}`)).status, 404);
  const change = { project: { description: 'x' } };
  const path = `/v3/projects/${cloud.demoProjectId}`;
  assert.equal((await cloud.demo.patch(path, change)).status, 403);
  assert.equal((await cloud.demo.delete(path)).status, 403);
  assert.equal((await cloud.demo.post('/v3/projects', { project: { name: 'x' } })).status, 403);
});

test('names are unique within a domain', async () => {
  await using cloud = await startIdentity();
  const taken = await cloud.admin.post('/v3/projects', { project: { name: 'demo' } });
  assert.equal(taken.status, 409);
  const domainId = await made(cloud.admin, 'domains', { name: 'lab' });
  const id = await made(cloud.admin, 'projects', { name: 'demo', domain_id: domainId });
  const change = { project: { name: 'demo', description: null } };
  assert.equal((await cloud.admin.patch(`/v3/projects/${id}`, change)).status, 200);
});

test('projects form a tree that is not cut and not too deep', async () => {
  await using cloud = await startIdentity();
  let parent = await made(cloud.admin, 'projects', { name: 'p1' });
  const top = parent;
  for (const name of ['p2', 'p3', 'p4', 'p5']) {
    parent = await made(cloud.admin, 'projects', { name, parent_id: parent });
  }
  const deeper = { project: { name: 'p6', parent_id: parent } };
  assert.equal((await cloud.admin.post('/v3/projects', deeper)).status, 403);
  assert.equal((await cloud.admin.delete(`/v3/projects/${top}`)).status, 403);
  const disable = { project: { enabled: false } };
  assert.equal((await cloud.admin.patch(`/v3/projects/${top}`, disable)).status, 403);
  assert.equal((await cloud.admin.patch(`/v3/projects/${parent}`, disable)).status, 200);
  const below = { project: { name: 'p7', parent_id: parent } };
  assert.equal((await cloud.admin.post('/v3/projects', below)).status, 403);
  const orphan = { project: { name: 'p8', parent_id: 'unknown' } };
  assert.equal((await cloud.admin.post('/v3/projects', orphan)).status, 404);
  assert.equal((await cloud.admin.delete(`/v3/projects/${parent}`)).status, 204);
});

test('what a project belongs to never changes', async () => {
  await using cloud = await startIdentity();
  const path = `/v3/projects/${cloud.demoProjectId}`;
  for (const project of [{ domain_id: 'x' }, { parent_id: 'x' }, { is_domain: true }]) {
    assert.equal((await cloud.admin.patch(path, { project })).status, 400);
  }
  const same = { project: { domain_id: 'default', parent_id: 'default', is_domain: false } };
  assert.equal((await cloud.admin.patch(path, same)).status, 200);
});

test('a deleted project is nobody’s default and has no roles left', async () => {
  await using cloud = await startIdentity();
  assert.equal((await cloud.admin.delete(`/v3/projects/${cloud.demoProjectId}`)).status, 204);
  const user = (await cloud.admin.get(`/v3/users/${cloud.demo.userId}`)).body.user;
  assert.equal('default_project_id' in user, false);
  assert.equal((await cloud.demo.get('/v3/auth/projects')).status, 401);
  const query = `/v3/role_assignments?scope.project.id=${cloud.demoProjectId}`;
  assert.deepEqual((await cloud.admin.get(query)).body.role_assignments, []);
});

test('what is not a project is refused', async () => {
  await using cloud = await startIdentity();
  const projects = [
    {},
    { name: '' },
    { name: 'x'.repeat(65) },
    { name: 'x', enabled: 1 },
    { name: 'x', tags: ['a,b'] },
    { name: 'x', tags: ['a', 'a'] },
    { name: 'x', description: 5 },
    { name: 'x', is_domain: true, parent_id: 'default' },
  ];
  for (const project of projects) {
    const answer = await cloud.admin.post('/v3/projects', { project });
    assert.equal(answer.status, 400, JSON.stringify(project));
  }
});
