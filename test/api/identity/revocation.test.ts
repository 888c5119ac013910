import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { Client } from '#test/client.ts';
import { type IdentityCloud, loginBody, made, passwords, startIdentity } from './identity-cloud.ts';

async function isValid(client: Client): Promise<boolean> {
  return (await client.get('/v3/auth/projects')).status === 200;
}

async function roleId(cloud: IdentityCloud, name: string): Promise<string> {
  return (await cloud.admin.get(`/v3/roles?name=${name}`)).body.roles[0].id;
}

test('tokens survive a restart', async () => {
  await using cloud = await startIdentity();
  await cloud.restart();
  assert.equal(await isValid(cloud.demo), true);
  assert.equal(await isValid(cloud.admin), true);
});

test('a revoked token is worth nothing at once, and after a restart', async () => {
  await using cloud = await startIdentity();
  assert.equal(await isValid(cloud.demo), true);
  const subject = { 'x-subject-token': cloud.demo.token ?? '' };
  assert.equal((await cloud.demo.delete('/v3/auth/tokens', subject)).status, 204);
  assert.equal(await isValid(cloud.demo), false);
  await cloud.restart();
  assert.equal(await isValid(cloud.demo), false);
  assert.equal(await isValid(cloud.admin), true);
});

test('a token ends after its lifetime, and its row can be purged', async () => {
  await using cloud = await startIdentity();
  assert.equal(await isValid(cloud.demo), true);
  await cloud.clock.advance(24 * 3600_000);
  assert.equal(await isValid(cloud.demo), false);
  assert.equal(await cloud.identity.purgeExpiredTokens(), 0);
  await cloud.clock.advance(limits.expiredTokensShownMs);
  assert.equal(await cloud.identity.purgeExpiredTokens(), 2);
  assert.equal(await cloud.identity.purgeExpiredTokens(), 0);
});

test('disabling a user ends their tokens, and enabling brings none back', async () => {
  await using cloud = await startIdentity();
  assert.equal(await isValid(cloud.demo), true);
  const path = `/v3/users/${cloud.demo.userId}`;
  assert.equal((await cloud.admin.patch(path, { user: { enabled: false } })).status, 200);
  assert.equal(await isValid(cloud.demo), false);
  const login = loginBody('demo', passwords.demo);
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', login)).status, 401);
  await cloud.admin.patch(path, { user: { enabled: true } });
  assert.equal(await isValid(cloud.demo), false);
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', login)).status, 201);
});

test('deleting a user ends their tokens', async () => {
  await using cloud = await startIdentity();
  const rita = await cloud.userWith('reader', 'rita');
  assert.equal(await isValid(rita), true);
  assert.equal((await cloud.admin.delete(`/v3/users/${rita.userId}`)).status, 204);
  assert.equal(await isValid(rita), false);
});

test('no token survives a password change, by oneself or by an administrator', async () => {
  await using cloud = await startIdentity();
  const path = `/v3/users/${cloud.demo.userId}`;
  const change = { user: { original_password: passwords.demo, password: 'second' } };
  assert.equal((await cloud.demo.post(`${path}/password`, change)).status, 204);
  assert.equal(await isValid(cloud.demo), false);
  const old = loginBody('demo', passwords.demo);
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', old)).status, 401);
  const login = await cloud.nobody.post('/v3/auth/tokens', loginBody('demo', 'second'));
  const again = new Client(cloud.url, login.headers.get('x-subject-token') ?? '');
  assert.equal(await isValid(again), true);
  await cloud.admin.patch(path, { user: { password: 'third' } });
  assert.equal(await isValid(again), false);
});

test('a role that is taken away or given takes effect while the token lives', async () => {
  await using cloud = await startIdentity();
  const rita = await cloud.userWith('reader', 'rita');
  assert.equal((await rita.get('/v3/users')).status, 403);
  const place = `/v3/projects/${cloud.demoProjectId}/users/${rita.userId}/roles`;
  const admin = await roleId(cloud, 'admin');
  await cloud.admin.put(`${place}/${admin}`);
  assert.equal((await rita.get('/v3/users')).status, 200);
  await cloud.admin.delete(`${place}/${admin}`);
  assert.equal((await rita.get('/v3/users')).status, 403);
  await cloud.admin.delete(`${place}/${await roleId(cloud, 'reader')}`);
  assert.equal(await isValid(rita), false);
});

test('disabling a project or a domain ends the tokens for it', async () => {
  await using cloud = await startIdentity();
  const path = `/v3/projects/${cloud.demoProjectId}`;
  assert.equal(await isValid(cloud.demo), true);
  await cloud.admin.patch(path, { project: { enabled: false } });
  assert.equal(await isValid(cloud.demo), false);
  const scoped = loginBody('demo', passwords.demo, { project: { name: 'demo' } });
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', scoped)).status, 401);
  await cloud.admin.patch(path, { project: { enabled: true } });
  assert.equal(await isValid(cloud.demo), false);
});

test('users of a disabled domain have no way in', async () => {
  await using cloud = await startIdentity();
  const domainId = await made(cloud.admin, 'domains', { name: 'lab' });
  const password = 'pw';
  const userId = await made(cloud.admin, 'users', { name: 'lea', password, domain_id: domainId });
  const body = {
    auth: { identity: { methods: ['password'], password: { user: { id: userId, password } } } },
  };
  const login = await cloud.nobody.post('/v3/auth/tokens', body);
  const lea = new Client(cloud.url, login.headers.get('x-subject-token') ?? '');
  assert.equal(await isValid(lea), true);
  await cloud.admin.patch(`/v3/domains/${domainId}`, { domain: { enabled: false } });
  assert.equal(await isValid(lea), false);
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', body)).status, 401);
});

test('leaving a group ends what came through it', async () => {
  await using cloud = await startIdentity();
  const groupId = await made(cloud.admin, 'groups', { name: 'crew' });
  const userId = await made(cloud.admin, 'users', { name: 'gus', password: 'pw' });
  const reader = await roleId(cloud, 'reader');
  await cloud.admin.put(`/v3/projects/${cloud.demoProjectId}/groups/${groupId}/roles/${reader}`);
  await cloud.admin.put(`/v3/groups/${groupId}/users/${userId}`);
  const login = await cloud.nobody.post(
    '/v3/auth/tokens',
    loginBody('gus', 'pw', { project: { name: 'demo' } }),
  );
  assert.equal(login.status, 201);
  const gus = new Client(cloud.url, login.headers.get('x-subject-token') ?? '');
  assert.equal(await isValid(gus), true);
  await cloud.admin.delete(`/v3/groups/${groupId}/users/${userId}`);
  assert.equal(await isValid(gus), false);
});

test('identity headers from outside are not believed', async () => {
  await using cloud = await startIdentity();
  const forged = { 'x-roles': 'admin', 'x-user-id': 'admin', 'x-project-id': 'admin' };
  assert.equal((await cloud.nobody.get('/v3/users', forged)).status, 401);
  assert.equal((await cloud.demo.get('/v3/users', forged)).status, 403);
});

test('a role of a domain counts only by what it implies, even when called admin', async () => {
  await using cloud = await startIdentity();
  const domainRole = await made(cloud.admin, 'roles', { name: 'admin', domain_id: 'default' });
  const rita = await cloud.userWith('reader', 'rita');
  const path = `/v3/projects/${cloud.demoProjectId}/users/${rita.userId}/roles/${domainRole}`;
  assert.equal((await cloud.admin.put(path)).status, 204);
  assert.equal((await rita.get('/v3/users')).status, 403);
});

test('passwords and tokens are in the database only as hashes', async () => {
  await using cloud = await startIdentity();
  const { queries } = cloud.identity.context.database;
  const users = await queries.selectFrom('users').selectAll().execute();
  const tokens = await queries.selectFrom('tokens').selectAll().execute();
  const text = JSON.stringify([users, tokens]);
  for (const secret of [passwords.admin, passwords.demo, cloud.demo.token, cloud.admin.token]) {
    assert.equal(text.includes(secret ?? 'none'), false);
  }
  const hashes = users.map((user) => user.password_hash ?? '');
  assert.equal(
    hashes.every((hash) => /^scrypt\$16\$1\$1\$/.test(hash)),
    true,
  );
  assert.equal(new Set(hashes).size, hashes.length);
});
