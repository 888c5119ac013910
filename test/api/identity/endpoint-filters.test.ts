import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { type IdentityCloud, loginBody, made, passwords, startIdentity } from './identity-cloud.ts';

const filter = '/v3/OS-EP-FILTER';

async function typesSeenBy(client: Client): Promise<string[]> {
  const { catalog } = (await client.get('/v3/auth/catalog')).body;
  return catalog.map((one: { type: string }) => one.type);
}

async function newEndpoint(cloud: IdentityCloud, members = {}): Promise<string> {
  const service_id = await made(cloud.admin, 'services', { type: 'object-store', name: 'swift' });
  const url = 'http://swift.example';
  return made(cloud.admin, 'endpoints', { service_id, interface: 'public', url, ...members });
}

async function newGroup(cloud: IdentityCloud, filters: object): Promise<string> {
  const body = { endpoint_group: { name: 'some', filters } };
  const answer = await cloud.admin.post(`${filter}/endpoint_groups`, body);
  assert.equal(answer.status, 201);
  return answer.body.endpoint_group.id;
}

const ids = (list: { id: string }[]) => list.map(({ id }) => id);

test('a project that was given endpoints sees these and no others; others see all', async () => {
  await using cloud = await startIdentity();
  const all = await typesSeenBy(cloud.demo);
  const endpoint = await newEndpoint(cloud);
  const path = `${filter}/projects/${cloud.demoProjectId}/endpoints/${endpoint}`;
  assert.equal((await cloud.admin.get(path)).status, 404);
  assert.equal((await cloud.admin.put(path)).status, 204);
  assert.equal((await cloud.admin.put(path)).status, 409);
  assert.equal((await cloud.admin.get(path)).status, 204);
  assert.equal((await cloud.admin.request('HEAD', path)).status, 204);
  assert.deepEqual(await typesSeenBy(cloud.demo), ['object-store']);
  const scope = { project: { id: cloud.demoProjectId } };
  const login = await cloud.nobody.post(
    '/v3/auth/tokens',
    loginBody('demo', passwords.demo, scope),
  );
  assert.deepEqual(
    login.body.token.catalog.map((one: { type: string }) => one.type),
    ['object-store'],
  );
  assert.equal((await typesSeenBy(cloud.admin)).length, all.length + 1);
  const projects = await cloud.admin.get(`${filter}/endpoints/${endpoint}/projects`);
  assert.deepEqual(ids(projects.body.projects), [cloud.demoProjectId]);
  const given = await cloud.admin.get(`${filter}/projects/${cloud.demoProjectId}/endpoints`);
  assert.deepEqual(ids(given.body.endpoints), [endpoint]);
  await cloud.admin.patch(`/v3/endpoints/${endpoint}`, { endpoint: { enabled: false } });
  assert.deepEqual(await typesSeenBy(cloud.demo), []);
  assert.equal((await cloud.admin.delete(path)).status, 204);
  assert.equal((await cloud.admin.delete(path)).status, 404);
  assert.deepEqual(await typesSeenBy(cloud.demo), [...all, 'object-store']);
});

test('a group has what fits its filters, also what is added later', async () => {
  await using cloud = await startIdentity();
  const { demoProjectId } = cloud;
  const group = await newGroup(cloud, { interface: 'admin', region_id: 'far' });
  const path = `${filter}/endpoint_groups/${group}`;
  assert.equal((await cloud.admin.put(`${path}/projects/${demoProjectId}`)).status, 204);
  assert.equal((await cloud.admin.put(`${path}/projects/${demoProjectId}`)).status, 409);
  // Nothing fits yet, and nobody is left without a catalog for that.
  assert.equal((await typesSeenBy(cloud.demo)).includes('compute'), true);
  await newEndpoint(cloud, { interface: 'public', region: 'far' });
  const endpoint = await newEndpoint(cloud, { interface: 'admin', region: 'far' });
  assert.deepEqual(await typesSeenBy(cloud.demo), ['object-store']);
  assert.deepEqual(ids((await cloud.admin.get(`${path}/endpoints`)).body.endpoints), [endpoint]);
  assert.deepEqual(ids((await cloud.admin.get(`${path}/projects`)).body.projects), [demoProjectId]);
  const shown = (await cloud.admin.get(`${path}/projects/${demoProjectId}`)).body;
  assert.equal(shown.project_endpoint_group.endpoint_group_id, group);
  const groups = `${filter}/projects/${demoProjectId}/endpoint_groups`;
  assert.deepEqual(ids((await cloud.admin.get(groups)).body.endpoint_groups), [group]);
  const change = { endpoint_group: { filters: { service_id: 'cumulet-image' } } };
  const changed = await cloud.admin.patch(path, change);
  assert.deepEqual(changed.body.endpoint_group.filters, { service_id: 'cumulet-image' });
  assert.deepEqual(await typesSeenBy(cloud.demo), ['image']);
  assert.equal((await cloud.admin.delete(path)).status, 204);
  assert.equal((await typesSeenBy(cloud.demo)).length > 2, true);
});

test('groups are told by name, and refused without filters or with strange ones', async () => {
  await using cloud = await startIdentity();
  const group = await newGroup(cloud, { interface: 'admin' });
  const path = `${filter}/endpoint_groups`;
  assert.deepEqual(ids((await cloud.admin.get(`${path}?name=some`)).body.endpoint_groups), [group]);
  assert.deepEqual((await cloud.admin.get(`${path}?name=other`)).body.endpoint_groups, []);
  for (const filters of [undefined, {}, { colour: 'red' }, { interface: 7 }]) {
    const body = { endpoint_group: { name: 'x', filters } };
    assert.equal((await cloud.admin.post(path, body)).status, 400);
  }
  assert.equal((await cloud.demo.get(path)).status, 403);
  assert.equal((await cloud.admin.get(`${path}/none`)).status, 404);
  assert.equal((await cloud.admin.put(`${path}/${group}/projects/none`)).status, 404);
  const missing = `${filter}/projects/${cloud.demoProjectId}/endpoints/none`;
  assert.equal((await cloud.admin.put(missing)).status, 404);
});

test('what was given of an endpoint ends with it, or with its service', async () => {
  await using cloud = await startIdentity();
  const endpoint = await newEndpoint(cloud);
  const given = `${filter}/projects/${cloud.demoProjectId}/endpoints`;
  await cloud.admin.put(`${given}/${endpoint}`);
  const { service_id } = (await cloud.admin.get(`/v3/endpoints/${endpoint}`)).body.endpoint;
  await cloud.admin.delete(`/v3/services/${service_id}`);
  assert.deepEqual((await cloud.admin.get(given)).body.endpoints, []);
  assert.equal((await typesSeenBy(cloud.demo)).includes('compute'), true);
});
