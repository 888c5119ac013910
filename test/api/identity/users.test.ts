import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loginBody, made, passwords, startIdentity } from './identity-cloud.ts';

test('a created user is answered with links and without the password', async () => {
  await using cloud = await startIdentity();
  const wanted = { name: 'zoë', password: 'hush', email: 'z@example.org', description: 'new' };
  const answer = await cloud.admin.post('/v3/users', { user: wanted });
  assert.equal(answer.status, 201);
  const { user } = answer.body;
  assert.deepEqual(user, {
    email: 'z@example.org',
    description: 'new',
    id: user.id,
    name: 'zoë',
    domain_id: 'default',
    enabled: true,
    password_expires_at: null,
    options: {},
    links: { self: `${cloud.url}/v3/users/${user.id}` },
  });
  const shown = await cloud.admin.get(`/identity/v3/users/${user.id}`);
  assert.equal(shown.body.user.links.self, `${cloud.url}/identity/v3/users/${user.id}`);
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', loginBody('zoë', 'hush'))).status, 201);
});

test('a name can be had once in a domain and again in another', async () => {
  await using cloud = await startIdentity();
  const taken = await cloud.admin.post('/v3/users', { user: { name: 'demo' } });
  assert.equal(taken.status, 409);
  assert.equal(taken.body.error.title, 'Conflict');
  const domainId = await made(cloud.admin, 'domains', { name: 'lab' });
  await made(cloud.admin, 'users', { name: 'demo', domain_id: domainId });
  const other = await made(cloud.admin, 'users', { name: 'other' });
  const renamed = await cloud.admin.patch(`/v3/users/${other}`, { user: { name: 'demo' } });
  assert.equal(renamed.status, 409);
});

test('users are listed by name, with filters, in pages', async () => {
  await using cloud = await startIdentity();
  for (const name of ['c', 'a', 'b']) await made(cloud.admin, 'users', { name });
  const names = async (query: string) =>
    (await cloud.admin.get(`/v3/users${query}`)).body.users.map((u: { name: string }) => u.name);
  assert.deepEqual(await names(''), ['a', 'admin', 'b', 'c', 'demo']);
  assert.deepEqual(await names('?name=b'), ['b']);
  assert.deepEqual(await names('?name=none'), []);
  assert.deepEqual(await names('?domain_id=other'), []);
  assert.deepEqual(await names('?enabled=false'), []);
  const first = (await cloud.admin.get('/v3/users?limit=2')).body;
  assert.equal(first.truncated, true);
  assert.equal(first.links.previous, null);
  const rest = await cloud.admin.get(first.links.next.replace(cloud.url, ''));
  assert.deepEqual(
    rest.body.users.map((u: { name: string }) => u.name),
    ['b', 'c'],
  );
  assert.equal((await cloud.admin.get('/v3/users?limit=0')).status, 400);
  assert.equal((await cloud.admin.get('/v3/users?limit=x')).status, 400);
});

test('a changed user keeps what was not named; null takes an added member away', async () => {
  await using cloud = await startIdentity();
  const id = await made(cloud.admin, 'users', { name: 'ann', email: 'a@b', description: 'd' });
  const change = { user: { name: 'anna', email: null, phone: '1' } };
  const answer = await cloud.admin.patch(`/v3/users/${id}`, change);
  assert.equal(answer.status, 200);
  const { user } = answer.body;
  assert.equal(user.name, 'anna');
  assert.equal(user.description, 'd');
  assert.equal(user.phone, '1');
  assert.equal('email' in user, false);
  assert.equal(user.enabled, true);
});

test('added members can not pass for the service’s own', async () => {
  await using cloud = await startIdentity();
  const answer = await cloud.admin.post('/v3/users', {
    user: { name: 'sly', id: 'chosen', links: { self: 'x' }, password_expires_at: 'never' },
  });
  assert.equal(answer.status, 201);
  assert.notEqual(answer.body.user.id, 'chosen');
  assert.equal(answer.body.user.password_expires_at, null);
});

test('what is not a user is refused', async () => {
  await using cloud = await startIdentity();
  const users = [
    {},
    { name: '' },
    { name: '  ' },
    { name: 'x'.repeat(256) },
    { name: 'nul\u0000' },
    { name: 'x', enabled: 'yes' },
    { name: 'x', password: 5 },
    { name: 'x', options: { immutable: 'yes' } },
    { name: 'x', blob: 'y'.repeat(20_000) },
  ];
  for (const user of users) {
    const answer = await cloud.admin.post('/v3/users', { user });
    assert.equal(answer.status, 400, JSON.stringify(user).slice(0, 60));
    assert.equal(answer.body.error.title, 'Bad Request');
  }
  assert.equal((await cloud.admin.post('/v3/users', [])).status, 400);
  const domain = { user: { name: 'x', domain_id: 'unknown' } };
  assert.equal((await cloud.admin.post('/v3/users', domain)).status, 404);
  const moved = { user: { domain_id: 'other' } };
  assert.equal((await cloud.admin.patch(`/v3/users/${cloud.demo.userId}`, moved)).status, 400);
});

test('users see themselves and no one else', async () => {
  await using cloud = await startIdentity();
  const own = await cloud.demo.get(`/v3/users/${cloud.demo.userId}`);
  assert.equal(own.body.user.name, 'demo');
  assert.equal((await cloud.demo.get(`/v3/users/${cloud.admin.userId}`)).status, 404);
  assert.equal((await cloud.demo.get('/v3/users/unknown')).status, 404);
  assert.equal((await cloud.demo.get(`/v3/users/${cloud.demo.userId}/projects`)).status, 200);
  assert.equal((await cloud.demo.get(`/v3/users/${cloud.admin.userId}/projects`)).status, 404);
  assert.equal((await cloud.demo.get(`/v3/users/${cloud.demo.userId}/groups`)).status, 200);
  const change = { user: { enabled: false } };
  const path = `/v3/users/${cloud.demo.userId}`;
  assert.equal((await cloud.demo.patch(path, change)).status, 403);
  assert.equal((await cloud.demo.delete(path)).status, 403);
});

test('a wrong original password changes nothing, whoever the user is', async () => {
  await using cloud = await startIdentity();
  const change = { user: { original_password: 'wrong', password: 'new' } };
  for (const id of [cloud.demo.userId, 'unknown']) {
    assert.equal((await cloud.demo.post(`/v3/users/${id}/password`, change)).status, 401);
  }
  const empty = { user: { original_password: passwords.demo, password: '' } };
  const path = `/v3/users/${cloud.demo.userId}/password`;
  assert.equal((await cloud.demo.post(path, empty)).status, 400);
  const login = loginBody('demo', passwords.demo);
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', login)).status, 201);
});

test('a user without a password can not log in', async () => {
  await using cloud = await startIdentity();
  await made(cloud.admin, 'users', { name: 'mute' });
  const login = loginBody('mute', '');
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', login)).status, 401);
});

test('a deleted user is gone with all roles', async () => {
  await using cloud = await startIdentity();
  const rita = await cloud.userWith('reader', 'rita');
  assert.equal((await cloud.admin.delete(`/v3/users/${rita.userId}`)).status, 204);
  assert.equal((await cloud.admin.get(`/v3/users/${rita.userId}`)).status, 404);
  assert.equal((await cloud.admin.delete(`/v3/users/${rita.userId}`)).status, 404);
  const query = `/v3/role_assignments?user.id=${rita.userId}`;
  assert.deepEqual((await cloud.admin.get(query)).body.role_assignments, []);
});
