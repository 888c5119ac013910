import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { made, startIdentity } from './identity-cloud.ts';

const totp = { type: 'totp', blob: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
const keys = JSON.stringify({ access: 'the access key', secret: 'the secret key' });

test('secrets of users are shown when they are made and never again', async () => {
  await using cloud = await startIdentity();
  const answer = await cloud.demo.post('/v3/credentials', { credential: totp });
  assert.equal(answer.status, 201);
  const { credential } = answer.body;
  assert.equal(credential.blob, totp.blob);
  const { blob, ...facts } = credential;
  const shown = await cloud.demo.get(`/v3/credentials/${credential.id}`);
  assert.deepEqual(shown.body.credential, facts);
  const listed = await cloud.demo.get('/v3/credentials?type=totp');
  assert.deepEqual(listed.body.credentials, [facts]);
  const other = { credential: { blob: 'MZXW6YTBOI======' } };
  const changed = await cloud.demo.patch(`/v3/credentials/${credential.id}`, other);
  assert.equal(changed.body.credential.blob, other.credential.blob);
  assert.equal((await cloud.demo.delete(`/v3/credentials/${credential.id}`)).status, 204);
  assert.equal((await cloud.demo.get(`/v3/credentials/${credential.id}`)).status, 404);
});

test('those of others are not there, but for administrators', async () => {
  await using cloud = await startIdentity();
  const other = await cloud.userWith('member', 'other');
  const id = await made(cloud.demo, 'credentials', totp);
  const path = `/v3/credentials/${id}`;
  assert.equal((await other.get(path)).status, 404);
  assert.equal((await other.delete(path)).status, 404);
  assert.equal((await other.patch(path, { credential: { blob: totp.blob } })).status, 404);
  const { user_id } = (await cloud.demo.get(path)).body.credential;
  assert.deepEqual((await other.get(`/v3/credentials?user_id=${user_id}`)).body.credentials, []);
  const foreign = await other.post('/v3/credentials', { credential: { ...totp, user_id } });
  assert.equal(foreign.status, 403);
  assert.match(foreign.body.error.message, /identity:credentials:create/);
  assert.equal((await cloud.admin.get(path)).status, 200);
  assert.equal((await cloud.admin.get('/v3/credentials')).body.credentials.length, 1);
  assert.equal((await cloud.nobody.get(path)).status, 401);
});

test('a credential cannot be made another user’s, or one of another type', async () => {
  await using cloud = await startIdentity();
  const id = await made(cloud.demo, 'credentials', totp);
  const adminId = await made(cloud.admin, 'users', { name: 'x' });
  for (const change of [{ user_id: adminId }, { type: 'ec2' }, { project_id: 'p' }]) {
    const answer = await cloud.demo.patch(`/v3/credentials/${id}`, { credential: change });
    assert.equal(answer.status, 400, JSON.stringify(change));
  }
});

test('an EC2 credential is found by the hash of its access key, once', async () => {
  await using cloud = await startIdentity();
  const ec2 = { type: 'ec2', blob: keys, project_id: cloud.demoProjectId };
  const id = await made(cloud.demo, 'credentials', ec2);
  // SHA-256 of `the access key`.
  assert.equal(id.length, 64);
  const again = await cloud.admin.post('/v3/credentials', { credential: ec2 });
  assert.equal(again.status, 409);
  const changed = { credential: { blob: JSON.stringify({ access: 'other', secret: 's' }) } };
  assert.equal((await cloud.demo.patch(`/v3/credentials/${id}`, changed)).status, 400);
});

test('what its type cannot have is refused without repeating it', async () => {
  await using cloud = await startIdentity();
  for (const credential of [
    { type: 'totp', blob: 'no base 32 at all!' },
    { type: 'ec2', blob: 'hush', project_id: cloud.demoProjectId },
    { type: 'ec2', blob: keys },
    { type: 'ec2', blob: '{"access":"hush"}', project_id: cloud.demoProjectId },
    { type: 'totp', blob: '' },
    { type: '', blob: 'x' },
  ]) {
    const answer = await cloud.demo.post('/v3/credentials', { credential });
    assert.equal(answer.status, 400, JSON.stringify(credential));
    assert.doesNotMatch(JSON.stringify(answer.body), /hush|all!/);
  }
  const lost = { ...totp, project_id: 'nowhere' };
  assert.equal((await cloud.demo.post('/v3/credentials', { credential: lost })).status, 404);
});

test('a user has so many and no more', async () => {
  await using cloud = await startIdentity();
  for (let count = 0; count < limits.credentialsPerUser; count += 1) {
    await made(cloud.demo, 'credentials', totp);
  }
  const beyond = await cloud.demo.post('/v3/credentials', { credential: totp });
  assert.equal(beyond.status, 403);
});
