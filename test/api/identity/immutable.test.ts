import assert from 'node:assert/strict';
import { test } from 'node:test';
import { made, startIdentity } from './identity-cloud.ts';

for (const noun of ['project', 'domain', 'role']) {
  test(`an immutable ${noun} is neither changed nor deleted until it no longer is`, async () => {
    await using cloud = await startIdentity();
    const firm = { name: 'firm', options: { immutable: true } };
    const path = `/v3/${noun}s/${await made(cloud.admin, `${noun}s`, firm)}`;
    const status = async (change: object) =>
      (await cloud.admin.patch(path, { [noun]: change })).status;
    assert.equal((await cloud.admin.delete(path)).status, 403);
    assert.equal(await status({ name: 'x' }), 403);
    assert.equal(await status({ note: 'x' }), 403);
    assert.equal(await status({ options: {} }), 403);
    // Not even together with the end of it, as with Keystone.
    assert.equal(await status({ name: 'x', options: { immutable: false } }), 403);
    assert.equal(await status({ options: { colour: 'red' } }), 400);
    const shown = (await cloud.admin.get(path)).body[noun];
    assert.deepEqual([shown.name, shown.options], ['firm', { immutable: true }]);
    assert.equal(await status({ options: { immutable: true } }), 200);
    const freed = await cloud.admin.patch(path, { [noun]: { options: { immutable: null } } });
    assert.deepEqual(freed.body[noun].options, {});
    assert.equal(await status(noun === 'domain' ? { enabled: false } : { name: 'x' }), 200);
    assert.equal((await cloud.admin.delete(path)).status, 204);
  });
}

test('tags of an immutable project stay as they are', async () => {
  await using cloud = await startIdentity();
  const firm = { name: 'firm', tags: ['red'], options: { immutable: true } };
  const path = `/v3/projects/${await made(cloud.admin, 'projects', firm)}/tags`;
  assert.equal((await cloud.admin.put(`${path}/blue`)).status, 403);
  assert.equal((await cloud.admin.put(path, { tags: [] })).status, 403);
  assert.equal((await cloud.admin.delete(`${path}/red`)).status, 403);
  assert.equal((await cloud.admin.delete(path)).status, 403);
  assert.deepEqual((await cloud.admin.get(path)).body.tags, ['red']);
});

test('users have options of their own, and no others', async () => {
  await using cloud = await startIdentity();
  const path = `/v3/users/${cloud.demo.userId}`;
  for (const options of [{ immutable: true }, { colour: 'red' }]) {
    assert.equal((await cloud.admin.patch(path, { user: { options } })).status, 400);
  }
});
