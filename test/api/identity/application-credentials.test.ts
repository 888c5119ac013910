import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { askForCredential, credentialLogin, credentialOf, robotOf } from './delegations.ts';
import { startIdentity } from './identity-cloud.ts';

test('a credential is made with its secret, and shown and listed without', async () => {
  await using cloud = await startIdentity();
  const made = await askForCredential(cloud.demo, {
    name: 'robot',
    description: 'runs at night',
    expires_at: '2100-01-31T12:00:00.000000Z',
  });
  const { secret, ...shown } = made.body.application_credential;
  assert.equal(secret.length, 86);
  assert.deepEqual(
    { ...shown, roles: shown.roles.map((role: { name: string }) => role.name), links: {}, id: '' },
    {
      id: '',
      name: 'robot',
      description: 'runs at night',
      project_id: cloud.demoProjectId,
      user_id: cloud.demo.userId,
      expires_at: '2100-01-31T12:00:00.000000Z',
      unrestricted: false,
      roles: ['member', 'reader'],
      links: {},
    },
  );
  const path = `/v3/users/${cloud.demo.userId}/application_credentials`;
  const one = await cloud.demo.get(`${path}/${shown.id}`);
  assert.deepEqual(one.body.application_credential, shown);
  const named = await cloud.demo.get(`${path}?name=robot`);
  assert.deepEqual(named.body.application_credentials, [shown]);
  assert.deepEqual((await cloud.demo.get(`${path}?name=x`)).body.application_credentials, []);
  assert.equal((await cloud.admin.get(`${path}/${shown.id}`)).status, 200);
  const stranger = await cloud.userWith('member', 'sam');
  assert.equal((await stranger.get(`${path}/${shown.id}`)).status, 404);
  assert.equal((await stranger.delete(`${path}/${shown.id}`)).status, 404);
  assert.equal((await cloud.demo.delete(`${path}/${shown.id}`)).status, 204);
  assert.equal((await cloud.demo.get(`${path}/${shown.id}`)).status, 404);
});

test('it logs in by its id, or by its name and user, for its project and no other', async () => {
  await using cloud = await startIdentity();
  const { id, secret } = await credentialOf(cloud.demo, { secret: 'given' });
  assert.equal(secret, 'given');
  const logIn = (proof: object, scope?: unknown) =>
    cloud.nobody.post('/v3/auth/tokens', credentialLogin(proof, scope));
  const user = { name: 'demo', domain: { name: 'Default' } };
  for (const proof of [{ id }, { name: 'robot', user }]) {
    const { status, body } = await logIn({ ...proof, secret });
    assert.equal(status, 201);
    assert.equal(body.token.project.id, cloud.demoProjectId);
    assert.deepEqual(body.token.methods, ['application_credential']);
    const expected = { id, name: 'robot', restricted: true };
    assert.deepEqual(body.token.application_credential, expected);
  }
  assert.equal((await logIn({ id, secret: 'other' })).status, 401);
  assert.equal((await logIn({ id: 'nobody', secret })).status, 401);
  assert.equal((await logIn({ name: 'robot', user: { id: 'x' }, secret })).status, 401);
  assert.equal((await logIn({ name: 'robot', secret })).status, 400);
  const project = { id: cloud.demoProjectId };
  for (const scope of [{ project }, 'unscoped', { domain: { id: 'default' } }]) {
    assert.equal((await logIn({ id, secret }, scope)).status, 401);
  }
});

test('it has the roles that it was given and no more', async () => {
  await using cloud = await startIdentity();
  const proof = await credentialOf(cloud.demo, { roles: [{ name: 'reader' }] });
  const robot = await robotOf(cloud, proof);
  const { body } = await robot.get('/v3/auth/tokens', { 'x-subject-token': robot.token ?? '' });
  assert.deepEqual(
    body.token.roles.map((role: { name: string }) => role.name),
    ['reader'],
  );
  assert.equal(body.token.application_credential.id, proof.id);
});

test('what can not be is refused', async () => {
  await using cloud = await startIdentity();
  const status = async (members: object, client = cloud.demo) =>
    (await askForCredential(client, members)).status;
  assert.equal(await status({ name: 'a', roles: [{ name: 'admin' }] }), 400);
  assert.equal(await status({ name: 'a', roles: [{ id: 'none' }] }), 404);
  assert.equal(await status({ name: 'a', roles: [{}] }), 400);
  assert.equal(await status({ name: 'a', expires_at: '2001-01-01T00:00:00Z' }), 400);
  assert.equal(await status({ name: 'a', expires_at: '2100-02-40T00:00:00Z' }), 400);
  assert.equal(await status({ name: 'a', access_rules: [{ path: '/v3' }] }), 400);
  assert.equal(await status({ name: 'a', access_rules: [{ id: 'none' }] }), 404);
  assert.equal(await status({}), 400);
  assert.equal(await status({ name: 'a' }), 201);
  assert.equal(await status({ name: 'a' }), 409);
  const path = `/v3/users/${cloud.demo.userId}/application_credentials`;
  const body = { application_credential: { name: 'for another' } };
  assert.equal((await cloud.admin.post(path, body)).status, 403);
  const rita = await cloud.userWith('reader', 'rita');
  assert.equal((await rita.post(path, body)).status, 404);
});

test('after its end it opens nothing, and no token of it lives longer', async () => {
  await using cloud = await startIdentity();
  const nowMs = cloud.clock.nowMs();
  const expires_at = new Date(nowMs + 60_000).toISOString();
  const proof = await credentialOf(cloud.demo, { expires_at });
  const robot = await robotOf(cloud, proof);
  const path = `/v3/users/${cloud.demo.userId}/application_credentials`;
  assert.equal((await robot.get(path)).status, 200);
  await cloud.clock.advance(60_000);
  assert.equal((await robot.get(path)).status, 401);
  const again = await cloud.nobody.post('/v3/auth/tokens', credentialLogin(proof));
  assert.equal(again.status, 401);
});

test('a user has a bounded number of them', async () => {
  await using cloud = await startIdentity();
  const most = limits.applicationCredentialsPerUser;
  for (let index = 0; index < most; index += 1) {
    await credentialOf(cloud.demo, { name: `robot ${index}` });
  }
  assert.equal((await askForCredential(cloud.demo, { name: 'one more' })).status, 403);
});

test('its secret is in the database only as a hash', async () => {
  await using cloud = await startIdentity();
  const { secret } = await credentialOf(cloud.demo);
  const { queries } = cloud.identity.context.database;
  const rows = await queries.selectFrom('application_credentials').selectAll().execute();
  assert.match(rows[0]?.secret_hash ?? '', /^scrypt\$/);
  assert.equal(JSON.stringify(rows).includes(secret), false);
});
