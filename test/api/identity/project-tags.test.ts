import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

async function names(cloud: IdentityCloud, query: string): Promise<string[]> {
  const answer = await cloud.admin.get(`/v3/projects?${query}`);
  assert.equal(answer.status, 200, query);
  return answer.body.projects.map((project: { name: string }) => project.name);
}

test('tags are replaced together and added, checked and taken away one by one', async () => {
  await using cloud = await startIdentity();
  const id = await made(cloud.admin, 'projects', { name: 'tagged' });
  const path = `/v3/projects/${id}/tags`;
  const self = `${cloud.url}${path}`;
  const replaced = await cloud.admin.put(path, { tags: ['b', 'a'] });
  assert.deepEqual(replaced.body, { tags: ['b', 'a'], links: { self } });
  const added = await cloud.admin.put(`${path}/two%20words`);
  assert.equal(added.status, 201);
  assert.equal(added.headers.get('location'), `${self}/two%20words`);
  assert.equal((await cloud.admin.put(`${path}/a`)).status, 201);
  assert.equal((await cloud.admin.get(`${path}/two%20words`)).status, 204);
  assert.deepEqual((await cloud.admin.get(path)).body.tags, ['b', 'a', 'two words']);
  assert.equal((await cloud.admin.delete(`${path}/b`)).status, 204);
  assert.equal((await cloud.admin.delete(`${path}/b`)).status, 404);
  assert.equal((await cloud.admin.get(`${path}/b`)).status, 404);
  assert.equal((await cloud.admin.delete(path)).status, 204);
  assert.deepEqual((await cloud.admin.get(path)).body.tags, []);
});

test('a tag that could not be found again is refused, and so is one too many', async () => {
  await using cloud = await startIdentity();
  const id = await made(cloud.admin, 'projects', { name: 'tagged' });
  const path = `/v3/projects/${id}/tags`;
  assert.equal((await cloud.admin.put(path, { tags: ['a,b'] })).status, 400);
  assert.equal((await cloud.admin.put(`${path}/a%2Cb`)).status, 400);
  const tags = Array.from({ length: 80 }, (_, index) => `tag${index}`);
  assert.equal((await cloud.admin.put(path, { tags })).status, 200);
  assert.equal((await cloud.admin.put(`${path}/tag7`)).status, 201);
  assert.equal((await cloud.admin.put(`${path}/another`)).status, 400);
  assert.equal((await cloud.demo.put(`${path}/another`)).status, 403);
  assert.equal((await cloud.demo.get(path)).status, 404);
});

test('projects are found by the tags that they have and have not', async () => {
  await using cloud = await startIdentity();
  await made(cloud.admin, 'projects', { name: 'ab', tags: ['a', 'b'] });
  await made(cloud.admin, 'projects', { name: 'b', tags: ['b', 'A', 'x"a'] });
  await made(cloud.admin, 'projects', { name: 'none' });
  const ours = (query: string) =>
    names(cloud, `${query}&description=`).then((all) =>
      all.filter((name) => !['admin', 'demo'].includes(name)),
    );
  assert.deepEqual(await ours('tags=a'), ['ab']);
  assert.deepEqual(await ours('tags=b'), ['ab', 'b']);
  assert.deepEqual(await ours('tags=a,b'), ['ab']);
  assert.deepEqual(await ours('tags-any=a,A'), ['ab', 'b']);
  assert.deepEqual(await ours('not-tags=a,b'), ['b', 'none']);
  assert.deepEqual(await ours('not-tags-any=a,b'), ['none']);
});

test('lists are asked for by a part of the name, with and without its case', async () => {
  await using cloud = await startIdentity();
  for (const name of ['Web-100%', 'web-200', 'db-web']) {
    await made(cloud.admin, 'projects', { name });
    await made(cloud.admin, 'users', { name });
    await made(cloud.admin, 'groups', { name });
    await made(cloud.admin, 'roles', { name });
    await made(cloud.admin, 'domains', { name });
  }
  const expected: Record<string, string[]> = {
    name__contains: ['db-web', 'web-200'],
    name__icontains: ['Web-100%', 'db-web', 'web-200'],
    name__startswith: ['web-200'],
    name__istartswith: ['Web-100%', 'web-200'],
    name__endswith: ['db-web'],
    name__iendswith: ['db-web'],
  };
  for (const plural of ['projects', 'users', 'groups', 'roles', 'domains']) {
    for (const [filter, wanted] of Object.entries(expected)) {
      const asked = filter.includes('__i') ? 'WEB' : 'web';
      const { body } = await cloud.admin.get(`/v3/${plural}?${filter}=${asked}`);
      const found = body[plural].map((one: { name: string }) => one.name);
      assert.deepEqual(found.sort(), wanted, `${plural} ${filter}`);
    }
  }
  assert.deepEqual(await names(cloud, 'name__contains=%25'), ['Web-100%']);
});
