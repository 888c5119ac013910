import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '#test/client.ts';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

const path = '/v3.0/OS-CREDENTIAL/credentials';

async function madeKey(cloud: IdentityCloud, userId = cloud.demo.userId) {
  const asked = { credential: { user_id: userId, description: 'of a program' } };
  const answer = await cloud.demo.post(path, asked);
  assert.equal(answer.status, 201);
  return answer.body.credential;
}

test('a key is made, seen, described, made inactive and deleted by its user', async () => {
  await using cloud = await startIdentity();
  const { secret, ...key } = await madeKey(cloud);
  assert.match(key.access, /^[A-Z0-9]{20}$/);
  assert.match(secret, /^[A-Za-z0-9]{40}$/);
  assert.equal(key.status, 'active');
  assert.equal(key.description, 'of a program');
  const listed = await cloud.demo.get(`${path}?user_id=${cloud.demo.userId}`);
  assert.deepEqual(listed.body, { credentials: [key] });
  assert.deepEqual((await cloud.demo.get(path)).body, { credentials: [key] });
  const shown = await cloud.demo.get(`${path}/${key.access}`);
  assert.deepEqual(shown.body, { credential: { ...key, last_use_time: key.create_time } });
  const change = { credential: { status: 'inactive', description: '' } };
  const changed = await cloud.demo.put(`${path}/${key.access}`, change);
  assert.deepEqual(changed.body, { credential: { ...key, status: 'inactive', description: '' } });
  assert.equal((await cloud.demo.delete(`${path}/${key.access}`)).status, 204);
  const gone = await cloud.demo.get(`${path}/${key.access}`);
  assert.equal(gone.status, 404);
  assert.equal(gone.body.error.message, `Could not find credential: ${key.access}.`);
});

test('a user has two keys at most', async () => {
  await using cloud = await startIdentity();
  const first = await madeKey(cloud);
  await madeKey(cloud);
  const asked = { credential: { user_id: cloud.demo.userId } };
  const third = await cloud.demo.post(path, asked);
  assert.equal(third.status, 400);
  const error = { message: 'akSkNumExceed', code: 400, title: 'Bad Request' };
  assert.deepEqual(third.body, { error });
  await cloud.demo.delete(`${path}/${first.access}`);
  assert.equal((await cloud.demo.post(path, asked)).status, 201);
});

test('keys of others are for administrators alone', async () => {
  await using cloud = await startIdentity();
  const rita = await cloud.userWith('reader', 'rita');
  const { access } = await madeKey(cloud);
  const ofDemo = { credential: { user_id: cloud.demo.userId } };
  assert.equal((await rita.post(path, ofDemo)).status, 403);
  assert.equal((await rita.get(`${path}?user_id=${cloud.demo.userId}`)).status, 403);
  assert.equal((await rita.get(`${path}/${access}`)).status, 404);
  const change = { credential: { status: 'inactive' } };
  assert.equal((await rita.put(`${path}/${access}`, change)).status, 404);
  assert.equal((await rita.delete(`${path}/${access}`)).status, 404);
  assert.equal((await cloud.admin.get(`${path}/${access}`)).status, 200);
  assert.equal((await cloud.admin.put(`${path}/${access}`, change)).status, 200);
  assert.equal((await cloud.admin.post(path, ofDemo)).status, 201);
  assert.equal((await cloud.admin.delete(`${path}/${access}`)).status, 204);
  const ofNobody = { credential: { user_id: 'nobody' } };
  assert.equal((await cloud.admin.post(path, ofNobody)).status, 404);
  assert.equal((await rita.post(path, ofNobody)).status, 403);
});

test('an application credential turns nothing it has into a key', async () => {
  await using cloud = await startIdentity();
  const { access } = await madeKey(cloud);
  const asked = { application_credential: { name: 'part', secret: 'of it' } };
  const credentials = `/v3/users/${cloud.demo.userId}/application_credentials`;
  const made = await cloud.demo.post(credentials, asked);
  const proof = { id: made.body.application_credential.id, secret: 'of it' };
  const identity = { methods: ['application_credential'], application_credential: proof };
  const login = await cloud.nobody.post('/v3/auth/tokens', { auth: { identity } });
  const token = login.headers.get('x-subject-token') ?? '';
  const program = new Client(cloud.url, token, cloud.demoProjectId, cloud.demo.userId);
  const key = { credential: { user_id: cloud.demo.userId } };
  assert.equal((await program.post(path, key)).status, 403);
  const change = { credential: { status: 'inactive' } };
  assert.equal((await program.put(`${path}/${access}`, change)).status, 403);
  assert.equal((await program.delete(`${path}/${access}`)).status, 403);
  assert.equal((await program.get(`${path}/${access}`)).status, 200);
});

test('a key is refused that is asked for in no such form', async () => {
  await using cloud = await startIdentity();
  const { access } = await madeKey(cloud);
  const user_id = cloud.demo.userId;
  for (const credential of [{}, { user_id: 7 }, { user_id, description: 'x'.repeat(256) }]) {
    assert.equal((await cloud.demo.post(path, { credential })).status, 400);
  }
  for (const credential of [{ status: 'on' }, { description: 5 }]) {
    assert.equal((await cloud.demo.put(`${path}/${access}`, { credential })).status, 400);
  }
  assert.equal((await cloud.nobody.get(path)).status, 401);
});

test('keys go with their user, and their secrets are sealed in the database', async () => {
  await using cloud = await startIdentity();
  const { queries } = cloud.identity.context.database;
  const userId = await made(cloud.admin, 'users', { name: 'ken', password: 'pw' });
  const asked = { credential: { user_id: userId } };
  const { access, secret } = (await cloud.admin.post(path, asked)).body.credential;
  const rows = await queries.selectFrom('access_keys').selectAll().execute();
  assert.equal(rows.length, 1);
  assert.equal(JSON.stringify(rows).includes(secret), false);
  const { seals } = cloud.identity.context;
  assert.equal(seals.open(rows[0]?.sealed_secret ?? '', `access_keys/${access}`), secret);
  assert.equal((await cloud.admin.delete(`/v3/users/${userId}`)).status, 204);
  assert.deepEqual(await queries.selectFrom('access_keys').selectAll().execute(), []);
});
