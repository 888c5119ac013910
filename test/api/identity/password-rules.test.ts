import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentityCloud, loginBody, made, passwords, startIdentity } from './identity-cloud.ts';

const dayMs = 24 * 3600_000;

function change(cloud: IdentityCloud, userId: string, original: string, password: string) {
  const user = { original_password: original, password };
  return cloud.nobody.post(`/v3/users/${userId}/password`, { user });
}

function logInAs(cloud: IdentityCloud, name: string, password: string) {
  return cloud.nobody.post('/v3/auth/tokens', loginBody(name, password));
}

test('a password must match the rule, and the refusal describes it', async () => {
  await using cloud = await startIdentity({
    passwordPattern: /^(?=.*\d).{8,}$/u,
    passwordPatternDescription: '8 characters with a digit',
  });
  const weak = { name: 'weak', password: 'abc' };
  const refused = await cloud.admin.post('/v3/users', { user: weak });
  assert.equal(refused.status, 400);
  assert.match(refused.body.error.message, /requirements: 8 characters with a digit\.$/);
  assert.ok(!JSON.stringify(refused.body).includes('abc'));
  const id = await made(cloud.admin, 'users', { name: 'ok', password: 'abcdefg1' });
  assert.equal((await change(cloud, id, 'abcdefg1', 'short1')).status, 400);
  const patch = { user: { password: 'noDigitsAtAll' } };
  assert.equal((await cloud.admin.patch(`/v3/users/${id}`, patch)).status, 400);
  assert.equal((await change(cloud, id, 'abcdefg1', 'hijklmn2')).status, 204);
});

test('none of the last passwords can be chosen again, though an administrator may', async () => {
  await using cloud = await startIdentity({ uniqueLastPasswordCount: 3 });
  const id = await made(cloud.admin, 'users', { name: 'u', password: 'p1' });
  assert.equal((await change(cloud, id, 'p1', 'p1')).status, 400);
  assert.equal((await change(cloud, id, 'p1', 'p2')).status, 204);
  assert.equal((await change(cloud, id, 'p2', 'p3')).status, 204);
  const again = await change(cloud, id, 'p3', 'p1');
  assert.equal(again.status, 400);
  assert.match(again.body.error.message, /identical to a previous password.* is 3\.$/);
  assert.equal((await change(cloud, id, 'p3', 'p4')).status, 204);
  assert.equal((await change(cloud, id, 'p4', 'p1')).status, 204);
  const given = await cloud.admin.patch(`/v3/users/${id}`, { user: { password: 'p4' } });
  assert.equal(given.status, 200);
  const rows = await cloud.identity.context.database.queries
    .selectFrom('former_passwords')
    .selectAll()
    .execute();
  assert.equal(rows.length, 2);
});

test('a chosen password is kept for its least age, a given one may be changed', async () => {
  await using cloud = await startIdentity({ minimumPasswordAgeMs: 2 * dayMs });
  const id = await made(cloud.admin, 'users', { name: 'u', password: 'given' });
  assert.equal((await change(cloud, id, 'given', 'mine')).status, 204);
  const refused = await change(cloud, id, 'mine', 'other');
  assert.equal(refused.status, 400);
  assert.match(refused.body.error.message, /used for 2 day.*again in 2 day/);
  await cloud.clock.advance(2 * dayMs);
  assert.equal((await change(cloud, id, 'mine', 'other')).status, 204);
});

test('an expired password opens nothing but the way to another one', async () => {
  await using cloud = await startIdentity({ passwordExpiresMs: 30 * dayMs });
  const id = await made(cloud.admin, 'users', { name: 'u', password: 'old' });
  const token = (await logInAs(cloud, 'u', 'old')).body.token;
  const expiresAt = new Date(cloud.clock.nowMs() + 30 * dayMs).toISOString().slice(0, 19);
  assert.equal(token.user.password_expires_at, `${expiresAt}.000000`);
  await cloud.clock.advance(30 * dayMs);
  const refused = await logInAs(cloud, 'u', 'old');
  assert.equal(refused.status, 401);
  assert.match(refused.body.error.message, /expired and needs to be changed/);
  // Who does not know the password learns nothing about its age.
  const wrong = await logInAs(cloud, 'u', 'wrong');
  assert.doesNotMatch(wrong.body.error.message, /expired/);
  assert.equal((await change(cloud, id, 'old', 'new')).status, 204);
  assert.equal((await logInAs(cloud, 'u', 'new')).status, 201);
});

test('users with the option keep a password that would have expired', async () => {
  await using cloud = await startIdentity({ passwordExpiresMs: dayMs });
  const options = { ignore_password_expiry: true };
  const id = await made(cloud.admin, 'users', { name: 'u', password: 'p', options });
  await cloud.clock.advance(2 * dayMs);
  const answer = await logInAs(cloud, 'u', 'p');
  assert.equal(answer.status, 201);
  assert.equal(answer.body.token.user.password_expires_at, null);
  const admin = await logInAs(cloud, 'admin', passwords.admin);
  const headers = { 'x-auth-token': String(admin.headers.get('x-subject-token')) };
  const shown = await cloud.nobody.get(`/v3/users/${id}`, headers);
  assert.deepEqual(shown.body.user.options, options);
});

test('users are found by when their passwords expire', async () => {
  await using cloud = await startIdentity({ passwordExpiresMs: dayMs });
  await made(cloud.admin, 'users', { name: 'u', password: 'p' });
  const time = (ms: number) => new Date(cloud.clock.nowMs() + ms).toISOString().slice(0, 19);
  const names = async (filter: string) => {
    const answer = await cloud.admin.get(`/v3/users?password_expires_at=${filter}`);
    return answer.body.users.map((user: { name: string }) => user.name);
  };
  assert.deepEqual(await names(`lt:${time(2 * dayMs)}Z`), ['u']);
  assert.deepEqual(await names(`gt:${time(2 * dayMs)}Z`), []);
  const bad = await cloud.admin.get('/v3/users?password_expires_at=soon');
  assert.equal(bad.status, 400);
});

test('what an administrator gives is good for choosing another only, by a rule', async () => {
  await using cloud = await startIdentity({ changePasswordUponFirstUse: true });
  const id = await made(cloud.admin, 'users', { name: 'u', password: 'given' });
  assert.equal((await logInAs(cloud, 'u', 'given')).status, 401);
  assert.equal((await change(cloud, id, 'given', 'mine')).status, 204);
  assert.equal((await logInAs(cloud, 'u', 'mine')).status, 201);
  const options = { ignore_change_password_upon_first_use: true };
  await made(cloud.admin, 'users', { name: 'robot', password: 'given', options });
  assert.equal((await logInAs(cloud, 'robot', 'given')).status, 201);
});

test('a locked password is changed by administrators only', async () => {
  await using cloud = await startIdentity();
  const options = { lock_password: true };
  const id = await made(cloud.admin, 'users', { name: 'u', password: 'p', options });
  const refused = await change(cloud, id, 'p', 'q');
  assert.equal(refused.status, 400);
  assert.match(refused.body.error.message, /contact your administrator/);
  assert.equal((await logInAs(cloud, 'u', 'p')).status, 201);
  await cloud.admin.patch(`/v3/users/${id}`, { user: { options: { lock_password: null } } });
  assert.equal((await change(cloud, id, 'p', 'q')).status, 204);
});

test('who stays away for too long cannot log in any more, unless an option says so', async () => {
  await using cloud = await startIdentity({ disabledAfterInactiveMs: 10 * dayMs });
  await made(cloud.admin, 'users', { name: 'u', password: 'p' });
  const options = { ignore_user_inactivity: true };
  await made(cloud.admin, 'users', { name: 'robot', password: 'p', options });
  await cloud.clock.advance(9 * dayMs);
  assert.equal((await logInAs(cloud, 'u', 'p')).status, 201);
  await cloud.clock.advance(9 * dayMs);
  assert.equal((await logInAs(cloud, 'u', 'p')).status, 201);
  await cloud.clock.advance(11 * dayMs);
  assert.equal((await logInAs(cloud, 'u', 'p')).status, 401);
  assert.equal((await logInAs(cloud, 'robot', 'p')).status, 201);
});

test('a domain is no default project, and options that nobody knows are refused', async () => {
  await using cloud = await startIdentity();
  const user = { name: 'u', default_project_id: 'default' };
  assert.equal((await cloud.admin.post('/v3/users', { user })).status, 400);
  for (const options of [
    { lock_password: 'yes' },
    { multi_factor_auth_rules: [[]] },
    { multi_factor_auth_rules: ['totp'] },
  ]) {
    const answer = await cloud.admin.post('/v3/users', { user: { name: 'u', options } });
    assert.equal(answer.status, 400, JSON.stringify(options));
  }
});
