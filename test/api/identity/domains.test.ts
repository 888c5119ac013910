import assert from 'node:assert/strict';
import { test } from 'node:test';
import { made, startIdentity } from './identity-cloud.ts';

test('a domain is created, shown, listed, changed', async () => {
  await using cloud = await startIdentity();
  const created = await cloud.admin.post('/v3/domains', { domain: { name: 'lab' } });
  assert.equal(created.status, 201);
  const { domain } = created.body;
  assert.deepEqual(domain, {
    id: domain.id,
    name: 'lab',
    description: '',
    enabled: true,
    tags: [],
    options: {},
    links: { self: `${cloud.url}/v3/domains/${domain.id}` },
  });
  const listed = (await cloud.admin.get('/v3/domains?name=lab')).body.domains;
  assert.deepEqual(listed, [domain]);
  const path = `/v3/domains/${domain.id}`;
  const changed = await cloud.admin.patch(path, { domain: { description: 'd' } });
  assert.equal(changed.body.domain.description, 'd');
  assert.equal((await cloud.admin.get(`/v3/projects/${domain.id}`)).body.project.is_domain, true);
});

test('domain names are unique', async () => {
  await using cloud = await startIdentity();
  const again = { domain: { name: 'Default' } };
  assert.equal((await cloud.admin.post('/v3/domains', again)).status, 409);
  const asProject = { project: { name: 'Default', is_domain: true } };
  assert.equal((await cloud.admin.post('/v3/projects', asProject)).status, 409);
});

test('only a disabled domain can be deleted, with everything in it', async () => {
  await using cloud = await startIdentity();
  const id = await made(cloud.admin, 'domains', { name: 'lab' });
  const user = await made(cloud.admin, 'users', { name: 'u', domain_id: id });
  const group = await made(cloud.admin, 'groups', { name: 'g', domain_id: id });
  const top = await made(cloud.admin, 'projects', { name: 'p', domain_id: id });
  const below = await made(cloud.admin, 'projects', { name: 'q', parent_id: top });
  await made(cloud.admin, 'roles', { name: 'r', domain_id: id });
  const early = await cloud.admin.delete(`/v3/domains/${id}`);
  assert.equal(early.status, 403);
  assert.match(early.body.error.message, /disable it first/);
  await cloud.admin.patch(`/v3/domains/${id}`, { domain: { enabled: false } });
  assert.equal((await cloud.admin.delete(`/v3/domains/${id}`)).status, 204);
  const gone = [`users/${user}`, `groups/${group}`, `projects/${below}`, `domains/${id}`];
  for (const path of gone) {
    assert.equal((await cloud.admin.get(`/v3/${path}`)).status, 404, path);
  }
});

test('the default domain stays', async () => {
  await using cloud = await startIdentity();
  assert.equal((await cloud.admin.delete('/v3/domains/default')).status, 403);
});

test('one sees one’s own domain and no other', async () => {
  await using cloud = await startIdentity();
  const id = await made(cloud.admin, 'domains', { name: 'lab' });
  assert.equal((await cloud.demo.get('/v3/domains/default')).status, 200);
  assert.equal((await cloud.demo.get(`/v3/domains/${id}`)).status, 404);
  assert.equal((await cloud.demo.get('/v3/domains')).status, 403);
  assert.equal((await cloud.admin.get(`/v3/domains/${cloud.demoProjectId}`)).status, 404);
});
