import assert from 'node:assert/strict';
import { test } from 'node:test';
import { made, startIdentity } from './identity-cloud.ts';

test('a group is created, shown, listed, changed and deleted', async () => {
  await using cloud = await startIdentity();
  const created = await cloud.admin.post('/v3/groups', { group: { name: 'crew' } });
  assert.equal(created.status, 201);
  const { group } = created.body;
  assert.equal(group.domain_id, 'default');
  assert.equal(group.description, '');
  const path = `/v3/groups/${group.id}`;
  assert.deepEqual((await cloud.admin.get(path)).body.group, group);
  assert.deepEqual((await cloud.admin.get('/v3/groups?name=crew')).body.groups, [group]);
  const changed = await cloud.admin.patch(path, { group: { name: 'team' } });
  assert.equal(changed.body.group.name, 'team');
  await made(cloud.admin, 'groups', { name: 'crew' });
  assert.equal((await cloud.admin.patch(path, { group: { name: 'crew' } })).status, 409);
  assert.equal((await cloud.admin.post('/v3/groups', { group: { name: 'crew' } })).status, 409);
  const moved = { group: { domain_id: 'x' } };
  assert.equal((await cloud.admin.patch(path, moved)).status, 400);
  assert.equal((await cloud.admin.delete(path)).status, 204);
  assert.equal((await cloud.admin.get(path)).status, 404);
});

test('users join and leave groups', async () => {
  await using cloud = await startIdentity();
  const groupId = await made(cloud.admin, 'groups', { name: 'crew' });
  const path = `/v3/groups/${groupId}/users`;
  const one = `${path}/${cloud.demo.userId}`;
  assert.equal((await cloud.admin.get(one)).status, 404);
  assert.equal((await cloud.admin.put(one)).status, 204);
  assert.equal((await cloud.admin.put(one)).status, 204);
  assert.equal((await cloud.admin.request('HEAD', one)).status, 204);
  assert.equal((await cloud.admin.get(path)).body.users[0].name, 'demo');
  const own = await cloud.demo.get(`/v3/users/${cloud.demo.userId}/groups`);
  assert.equal(own.body.groups[0].name, 'crew');
  assert.equal((await cloud.admin.delete(one)).status, 204);
  assert.equal((await cloud.admin.delete(one)).status, 404);
  assert.equal((await cloud.admin.put(`${path}/unknown`)).status, 404);
  assert.equal(
    (await cloud.admin.put(`/v3/groups/unknown/users/${cloud.demo.userId}`)).status,
    404,
  );
});
